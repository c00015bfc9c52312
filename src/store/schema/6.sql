-- Version 6: what people put right, apart from what was read. The tables of items (targets, tasks, deadlines, facts, unread and their
-- evidence) hold what counts: what was read, with the corrections put on; `contents` holds what was read.

-- Rows are added and never changed: what is corrected again, or taken back, is one more row that names the one before in `after`.
CREATE TABLE corrections (
    id           TEXT PRIMARY KEY,
    slot         TEXT NOT NULL,        -- the item: the same for all corrections of one item
    after        TEXT NOT NULL,        -- JSON: the ids of the corrections that it replaced
    sha256       TEXT NOT NULL,        -- of the file that it was made of …
    number       TEXT,                 -- … and that document's number, date and title
    date         TEXT,
    title        TEXT,
    kind         TEXT NOT NULL,        -- target, task, deadline, fact, number
    action       TEXT NOT NULL,        -- accept, correct, remove, add, as_read
    who          TEXT NOT NULL,
    made         TEXT NOT NULL,        -- 2025-03-01T08:00:00Z
    was          TEXT,                 -- what the program had read: JSON
    "is"         TEXT,                 -- what it is: JSON
    exact        TEXT NOT NULL,        -- the words that it is about (W3C: TextQuoteSelector) …
    prefix       TEXT NOT NULL,
    suffix       TEXT NOT NULL,
    start_offset INTEGER NOT NULL,     -- … and where they stood (TextPositionSelector)
    end_offset   INTEGER NOT NULL
) WITHOUT ROWID;

-- Which documents a correction is put on: the one that it was made of, and those that took that one's place. A document may come later.
CREATE TABLE correction_documents (
    document   INTEGER NOT NULL,       -- the key of a document
    correction TEXT NOT NULL REFERENCES corrections (id),
    PRIMARY KEY (document, correction)
) WITHOUT ROWID;

-- What became of each when it was last put on.
CREATE TABLE correction_states (
    document   INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    correction TEXT NOT NULL REFERENCES corrections (id),
    state      TEXT NOT NULL,          -- on, settled, gone, read_otherwise, conflict, replaced
    item       TEXT,                   -- the id of the item
    PRIMARY KEY (document, correction)
) WITHOUT ROWID;

-- What people say of findings, by their fingerprints: an audit makes the findings anew and keeps this.
CREATE TABLE finding_verdicts (
    fingerprint TEXT PRIMARY KEY,
    verdict     TEXT NOT NULL,         -- true: it is so; aside: it is not told again, for the reason given
    reason      TEXT NOT NULL,
    who         TEXT NOT NULL,
    made        TEXT NOT NULL
) WITHOUT ROWID;
