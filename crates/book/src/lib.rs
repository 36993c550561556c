//! The store: files of sealed records, on SQLite and PostgreSQL.
