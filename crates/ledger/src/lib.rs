//! The log that cannot be quietly changed.
