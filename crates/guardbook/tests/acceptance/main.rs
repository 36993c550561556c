//! One test per clause, named for it: the whole program over HTTP, on a real book. `t26_…` fails without clause T26.

#![expect(clippy::unwrap_used, reason = "tests")]

mod asking;
mod boarding;
mod browser;
mod command_line;
mod complaints;
mod consulting;
mod detect;
mod keeping;
mod papers;
mod people;
mod portal;
mod post;
mod release;
mod reminding;
mod requests;
mod schema;
mod viewing;
