//! Notes of many styles, marked by hand.
