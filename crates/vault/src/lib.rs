//! Keys: seal, open, forget.
