//! Builders, a frozen clock and a whole office in a temporary folder (tests only).
