//! Every statement of the store, by name. One text for both engines; a test prepares each on both.

macro_rules! statements {
    ($($name:ident = $text:expr;)*) => {
        $(pub(crate) const $name: &str = $text;)*
        /// All statements with their names, for the test that prepares each on both engines.
        pub const ALL: &[(&str, &str)] = &[$((stringify!($name), $text),)*];
    };
}

statements! {
    MOVE_HEAD = "UPDATE ledger_head SET size = size WHERE one = 1 RETURNING size, frontier";
    SET_HEAD = "UPDATE ledger_head SET size = $1, frontier = $2 WHERE one = 1";
    GET_HEAD = "SELECT size, frontier FROM ledger_head WHERE one = 1";
    ADD_ENTRY = "INSERT INTO ledger (seq, entry) VALUES ($1, $2)";
    ENTRIES_FROM = "SELECT seq, entry FROM ledger WHERE seq >= $1 ORDER BY seq LIMIT $2";
    ADD_CHECKPOINT = "INSERT INTO checkpoint (size, note) VALUES ($1, $2) ON CONFLICT (size) DO NOTHING";
    CHECKPOINTS = "SELECT size, note FROM checkpoint ORDER BY size";
    ADD_TRACE = "INSERT INTO trace (file, seq, sealed) VALUES ($1, $2, $3)";
    TRACES_OF = "SELECT seq, sealed FROM trace WHERE file = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
    TRACES_SINCE = "SELECT t.file, t.seq, l.entry FROM trace t JOIN ledger l ON l.seq = t.seq WHERE t.seq >= $1 ORDER BY t.seq";
    ALL_TRACES = "SELECT file, seq, sealed FROM trace WHERE seq >= $1 ORDER BY seq LIMIT $2";
    ADD_FILE = "INSERT INTO file (id, class, state, opened, card) VALUES ($1, $2, $3, $4, $5)";
    FILE = "SELECT class, state, opened, version, card FROM file WHERE id = $1";
    ALL_FILES = "SELECT id, class, state, card FROM file WHERE id > $1 ORDER BY id LIMIT $2";
    SET_CARD = "UPDATE file SET card = $2, version = version + 1 WHERE id = $1";
    SET_FILE_STATE = "UPDATE file SET state = $2, version = version + 1 WHERE id = $1";
    TOUCH_FILE = "UPDATE file SET version = version + 1 WHERE id = $1";
    FILE_VERSION = "SELECT version, state FROM file WHERE id = $1";
    DROP_FILE = "DELETE FROM file WHERE id = $1";
    ADD_RECORD = "INSERT INTO record (file, id, kind, topic, service, state, opened, due, version, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    RECORDS_OF = "SELECT file, id, kind, topic, service, state, opened, due, version, sealed FROM record WHERE file = $1 ORDER BY id";
    RECORD = "SELECT file, id, kind, topic, service, state, opened, due, version, sealed FROM record WHERE file = $1 AND id = $2";
    RECORDS_OF_KIND = "SELECT file, id, kind, topic, service, state, opened, due, version, sealed FROM record WHERE kind = $1 ORDER BY file, id";
    SOME_OF_KIND = "SELECT file, id, kind, topic, service, state, opened, due, version, sealed FROM record WHERE kind = $1 AND (file > $2 OR (file = $2 AND id > $3)) ORDER BY file, id LIMIT $4";
    WORK_OF_KIND = "SELECT file, id, kind, topic, service, state, opened, due, version, sealed FROM record WHERE kind = $1 AND state IN (1, 2) ORDER BY due, file, id";
    DUE_OF_KIND = "SELECT file, id, kind, topic, service, state, opened, due, version, sealed FROM record WHERE kind = $1 AND state IN (1, 2) AND due < $2 ORDER BY due, file, id";
    COUNT_OPEN_IN = "SELECT COUNT(*) AS n FROM record WHERE file = $1 AND kind = $2 AND state IN (1, 2)";
    SERVICE_OF_KIND = "SELECT file, id, kind, topic, service, state, opened, due, version, sealed FROM record WHERE service = $1 AND kind = $2 ORDER BY file, id";
    COUNT_KIND = "SELECT state, COUNT(*) AS n FROM record WHERE kind = $1 GROUP BY state";
    COUNT_LATE = "SELECT COUNT(*) AS n FROM record WHERE kind = $1 AND state IN (1, 2) AND due < $2";
    ALL_RECORDS = "SELECT file, id, kind, topic, service, state, opened, due, version, sealed FROM record WHERE file > $1 OR (file = $1 AND id > $2) ORDER BY file, id LIMIT $3";
    CHANGE_RECORD = "UPDATE record SET topic = $3, service = $4, state = $5, due = $6, version = $7, sealed = $8 WHERE file = $1 AND id = $2 AND version = $9";
    KEEP_VERSION = "INSERT INTO history (file, id, version, kind, sealed) SELECT file, id, version, kind, sealed FROM record WHERE file = $1 AND id = $2 AND version = $3";
    VERSIONS_OF = "SELECT id, version, kind, sealed FROM history WHERE file = $1 ORDER BY id, version";
    VERSION = "SELECT kind, sealed FROM history WHERE file = $1 AND id = $2 AND version = $3";
    REWRITE_VERSION = "UPDATE history SET sealed = $4 WHERE file = $1 AND id = $2 AND version = $3";
    DROP_RECORDS = "DELETE FROM record WHERE file = $1";
    DROP_RECORD = "DELETE FROM record WHERE file = $1 AND id = $2 AND version = $3";
    DROP_HISTORY_OF_RECORD = "DELETE FROM history WHERE file = $1 AND id = $2";
    DROP_HISTORY = "DELETE FROM history WHERE file = $1";
    ADD_LINK = "INSERT INTO link (other, file, record) VALUES ($1, $2, $3) ON CONFLICT (other, file, record) DO NOTHING";
    LINKS_TO = "SELECT file, record FROM link WHERE other = $1 ORDER BY file, record";
    DROP_LINKS_OF_RECORD = "DELETE FROM link WHERE file = $1 AND record = $2";
    DROP_LINKS_FROM = "DELETE FROM link WHERE file = $1";
    DROP_LINKS_TO = "DELETE FROM link WHERE other = $1";
    DROP_TRACES = "DELETE FROM trace WHERE file = $1";
    ADD_SESSION = "INSERT INTO session (id, file, opened, seen, ends, stepped_up, state, device) VALUES ($1, $2, $3, $3, $4, $5, $6, $7)";
    SESSION = "SELECT id, file, opened, seen, ends, stepped_up, state, device FROM session WHERE id = $1";
    SESSIONS_OF = "SELECT id, file, opened, seen, ends, stepped_up, state, device FROM session WHERE file = $1 ORDER BY opened DESC";
    SEE_SESSION = "UPDATE session SET seen = $2 WHERE id = $1";
    SET_SESSION = "UPDATE session SET state = $2, stepped_up = $3, ends = $4 WHERE id = $1";
    END_SESSION = "DELETE FROM session WHERE id = $1";
    END_SESSIONS_OF = "DELETE FROM session WHERE file = $1";
    DROP_ENDED_SESSIONS = "DELETE FROM session WHERE ends < $1";
    ADD_BODY = "INSERT INTO body (id, file, size, ends) VALUES ($1, $2, $3, $4)";
    BODY = "SELECT file, size, ends FROM body WHERE id = $1";
    BODIES_OF_SIZE = "SELECT id, file FROM body WHERE size = $1 ORDER BY id";
    BODIES_OF = "SELECT id FROM body WHERE file = $1 ORDER BY id";
    ALL_BODIES = "SELECT id, file, size FROM body ORDER BY id";
    ENDED_BODIES = "SELECT id, file FROM body WHERE ends < $1 ORDER BY id";
    DROP_BODY = "DELETE FROM body WHERE id = $1";
    DROP_BODIES = "DELETE FROM body WHERE file = $1";
    ADD_ERASURE = "INSERT INTO erasure (file, decided, state) VALUES ($1, $2, 1) ON CONFLICT (file) DO NOTHING";
    ERASURES = "SELECT file, decided, generation, done, state FROM erasure ORDER BY decided, file";
    SET_ERASURE = "UPDATE erasure SET generation = $2, done = $3, state = $4 WHERE file = $1";
    NEXT_REFERENCE = "INSERT INTO reference (series, last) VALUES ($1, 1) ON CONFLICT (series) DO UPDATE SET last = reference.last + 1 RETURNING last";
    GET_META = "SELECT value FROM meta WHERE name = $1";
    SET_META = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

/// How many rows one batched insert carries. Ten columns each stay far below every engine's limit of parameters.
pub(crate) const BATCH: usize = 100;

/// The text of an insert of `rows` rows at once.
fn batched(head: &str, columns: usize, rows: usize) -> String {
    let mut text = String::from(head);
    for row in 0..rows {
        text.push_str(if row == 0 { " (" } else { ", (" });
        for column in 1..=columns {
            if column > 1 {
                text.push_str(", ");
            }
            text.push('$');
            text.push_str(&(row * columns + column).to_string());
        }
        text.push(')');
    }
    text
}

macro_rules! batches {
    ($($name:ident = $columns:literal, $head:expr;)*) => {
        $(pub(crate) fn $name() -> &'static str {
            static TEXT: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| batched($head, $columns, BATCH));
            &TEXT
        })*
    };
}

batches! {
    add_records = 10, "INSERT INTO record (file, id, kind, topic, service, state, opened, due, version, sealed) VALUES";
    add_entries = 2, "INSERT INTO ledger (seq, entry) VALUES";
    add_traces = 3, "INSERT INTO trace (file, seq, sealed) VALUES";
    add_files = 5, "INSERT INTO file (id, class, state, opened, card) VALUES";
}
