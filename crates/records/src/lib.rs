//! What a file can hold: kinds and the catalogue (pure).
