//! Requests for access, the whole way: taken in, gathered, read, checked by a second person, released, closed.

mod role;

pub use role::staff_role;
