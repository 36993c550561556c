//! The executable: demo, init, serve, import, verify and the other commands.
fn main() {}
