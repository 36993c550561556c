//! How often somebody may try to sign in. Counted in memory; no name or address is kept in clear.

/// Counts of failed attempts.
#[derive(Default)]
pub struct Attempts;
