-- A file for each person, with a sealed card for the memory index.
CREATE TABLE file (
    id TEXT NOT NULL PRIMARY KEY,
    class BIGINT NOT NULL,
    state BIGINT NOT NULL,
    opened BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    card BYTEA NOT NULL
);

-- Records, side by side in the order of their file.
CREATE TABLE record (
    file TEXT NOT NULL,
    id TEXT NOT NULL,
    kind BIGINT NOT NULL,
    topic BIGINT NOT NULL,
    service TEXT,
    state BIGINT NOT NULL,
    opened BIGINT NOT NULL,
    due BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (file, id)
) /* WITHOUT ROWID */;
CREATE INDEX record_work ON record (kind, topic, state, due);
CREATE INDEX record_due ON record (due);
CREATE INDEX record_service ON record (service, kind);

-- Earlier versions of records: who changed what is part of the file.
CREATE TABLE history (
    file TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    kind BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (file, id, version)
) /* WITHOUT ROWID */;

-- Other people whom a record concerns.
CREATE TABLE link (
    other TEXT NOT NULL,
    file TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (other, file, record)
) /* WITHOUT ROWID */;
CREATE INDEX link_record ON link (file, record);

-- The ledger: entries without personal data, and the head that every Work moves first.
CREATE TABLE ledger (
    seq BIGINT NOT NULL PRIMARY KEY,
    entry BYTEA NOT NULL
);
CREATE TABLE ledger_head (
    one BIGINT NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL,
    frontier BYTEA NOT NULL
);
CREATE TABLE checkpoint (
    size BIGINT NOT NULL PRIMARY KEY,
    note TEXT NOT NULL
);

-- Who, why and when of each deed, sealed with the person's key beside the ledger.
CREATE TABLE trace (
    file TEXT NOT NULL,
    seq BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (file, seq)
) /* WITHOUT ROWID */;
CREATE INDEX trace_seq ON trace (seq);

-- Sign-ins. The id is the digest of the token that only the browser holds.
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    file TEXT NOT NULL,
    opened BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    stepped_up BIGINT,
    state BIGINT NOT NULL,
    device TEXT NOT NULL
);
CREATE INDEX session_file ON session (file);

-- Bodies on the shelf.
CREATE TABLE body (
    id TEXT NOT NULL PRIMARY KEY,
    file TEXT NOT NULL,
    size BIGINT NOT NULL,
    ends BIGINT
);
CREATE INDEX body_file ON body (file);

-- Erasures: decided (1), key gone (2), rows and bodies gone (3).
CREATE TABLE erasure (
    file TEXT NOT NULL PRIMARY KEY,
    decided BIGINT NOT NULL,
    generation BIGINT,
    done BIGINT,
    state BIGINT NOT NULL
);

-- The last number given in a series of references.
CREATE TABLE reference (
    series TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

-- Facts of the book itself.
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

INSERT INTO ledger_head (one, size, frontier) VALUES (1, 0, CAST('' AS BYTEA));
