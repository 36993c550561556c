//! Staff pages, trustee board, public pages and JSON.
