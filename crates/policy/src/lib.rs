//! A published policy, read into promises and settings (pure).
