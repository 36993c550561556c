//! Keys: seal, open, forget.
//!
//! Every person's file has one random key of its own. The keys lie wrapped in a *keyring*, a small folder that is never inside
//! the database or its backups. Forgetting a key makes everything that was sealed under it unreadable, in every copy, however old.
//!
//! How the folder hangs together, from the root downwards (a key tree after Reardon et al., CCS 2013):
//!
//! ```text
//! root secret (passphrase or key file, outside the folder)
//!   └ wraps the generation key, in `root`; replaced at every forgetting
//!       └ seals the bucket keys and the book's own keys, in `root`
//!           └ each bucket key seals its people's keys, in `keys-N`, which only ever grows until it is rewritten
//! ```
//!
//! A new person is one append and one flush. Forgetting gives the bucket of that person a new key, appends the other members of the
//! bucket under it and replaces `root`: about √P of work, never the whole ring.
//!
//! What it cannot do, said plainly:
//! - whoever copied `root` before a forgetting *and* has the root secret keeps that person's key, since the old wraps stay in `keys-N`
//!   until it is rewritten;
//! - on flash storage a raw read of the chips might find a replaced `root` until its blocks are used again (it is overwritten, best effort);
//! - keys in memory are wiped when dropped, but not locked against swapping: that needs `unsafe` calls, which this project forbids.
//!   Encrypt the swap, or have none.
//! - whoever can write to the folder can cut off the newest additions (since the last forgetting) without being noticed here.

mod aead;
mod body;
mod book_keys;
#[cfg(test)]
mod crash_tests;
mod disk;
mod error;
mod file_keys;
mod folder;
#[cfg(test)]
mod forgetting_tests;
mod frames;
mod place;
mod random;
mod ring;
mod root_file;
mod root_secret;
mod vault;

pub use body::{BodyOpener, BodySealer, CHUNK, CHUNK_OVERHEAD, SEALED_CHUNK};
pub use book_keys::BookKeys;
pub use error::{OpenError, VaultError};
pub use file_keys::{FileKeys, SEAL_OVERHEAD};
pub use folder::OldGeneration;
pub use place::{FileTag, Part, Place};
pub use root_secret::RootSecret;
pub use vault::Vault;
