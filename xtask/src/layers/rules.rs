//! The rules themselves: arrows between our crates, and the one home of each library that has one.

/// What each crate may name of the others, outside its tests.
///
/// The executable sits on top and may name every crate below it (docs/decisions/0003).
pub const ARROWS: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("policy", &["clock"]),
    ("records", &["clock"]),
    ("vault", &[]),
    ("ledger", &[]),
    ("detect", &[]),
    ("extract", &[]),
    ("papers", &["detect"]),
    ("assets", &[]),
    ("access", &["records"]),
    ("book", &["vault", "ledger", "records"]),
    ("duties", &["book", "access", "detect", "extract", "papers", "policy", "records", "clock"]),
    ("web", &["duties", "assets"]),
    (
        "guardbook",
        &[
            "web", "duties", "book", "access", "detect", "extract", "papers", "policy", "records", "clock", "vault",
            "ledger", "assets",
        ],
    ),
    // Only ever a dev-dependency of the others, so it may reach for anything.
    (
        "testkit",
        &[
            "web", "duties", "book", "access", "detect", "extract", "papers", "policy", "records", "clock", "vault",
            "ledger", "assets",
        ],
    ),
    ("xtask", &[]),
];

/// Libraries with one home. `*` at the end stands for any rest of the name.
pub const KEPT_TO: &[(&str, &[&str])] = &[
    ("sqlx*", &["book"]),
    ("rusqlite", &["book"]),
    ("libsqlite3-sys", &["book"]),
    ("tokio-postgres", &["book"]),
    ("object_store", &["book"]),
    // authenticated encryption
    ("aws-lc-*", &["vault"]),
    ("aes*", &["vault"]),
    ("chacha20*", &["vault"]),
    ("aead*", &["vault"]),
    ("ring", &["vault"]),
    ("ed25519-dalek", &["ledger"]),
    ("typst*", &["papers"]),
    ("krilla*", &["papers"]),
    ("lopdf", &["papers"]),
    ("docx-rs", &["papers"]),
    ("hayro*", &["extract"]),
    ("calamine", &["extract"]),
    ("mail-parser", &["extract"]),
    ("lettre", &["guardbook"]),
    ("async-imap", &["guardbook"]),
    ("tokio-rustls", &["guardbook"]),
    ("seccompiler", &["extract"]),
    ("cedar-policy*", &["access"]),
    ("pulldown-cmark", &["policy"]),
    ("axum*", &["web", "guardbook"]),
    ("tower-http", &["web", "guardbook"]),
    ("askama*", &["web"]),
];

/// Crates that compute and do nothing else.
pub const PURE: &[&str] = &["clock", "policy", "records", "detect"];

/// What a pure crate never names: runtimes, storage, the network, logs, temporary files.
pub const PURE_NEVER: &[&str] =
    &["tokio", "futures", "async-trait", "tracing", "tempfile", "tower", "reqwest", "hyper"];
