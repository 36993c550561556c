//! May this actor do this, for this purpose.
