//! What a charity must do: the use cases.
