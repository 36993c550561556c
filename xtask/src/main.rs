//! The project's own chores: layer check, bars, tidiness.
fn main() {}
