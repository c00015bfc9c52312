-- Version 1 of the store: documents and what was read from them.
--
-- Every content is one document, whatever it is called and however often it lies about. Keys are made of the content,
-- so that stores that read the same files are the same, in whatever order they read them.
-- Numbers are as in the record (`kehoach schema`), dates are ISO 8601 as far as they are given, offsets count Unicode
-- code points of the source text from 0. `position` counts the items of a list from 0.

-- One row a content.
CREATE TABLE documents (
    key          INTEGER PRIMARY KEY,  -- the first 60 bits of the SHA-256
    id           TEXT GENERATED ALWAYS AS (printf('%015x', key)) VIRTUAL,  -- the same in hexadecimal digits: what `kehoach show` takes
    sha256       TEXT NOT NULL,        -- of the file's bytes
    format       TEXT NOT NULL,        -- text, pdf, docx, …
    bytes        INTEGER NOT NULL,
    pages        INTEGER,              -- null where the file does not tell
    encoding     TEXT NOT NULL,
    type         TEXT NOT NULL,        -- plan, report, decision, other
    number       TEXT,                 -- 48/KH-UBND; null where the document leaves it blank
    symbol       TEXT,                 -- KH-UBND
    date         TEXT,                 -- 2024-03-01, 2024-03, 2024
    title        TEXT,
    issuer       TEXT,
    level        TEXT NOT NULL,        -- central, province, district, commune, department, other
    province     TEXT,
    district     TEXT,
    commune      TEXT,
    period_from  TEXT,                 -- the time that the document covers
    period_to    TEXT,
    signer_name  TEXT,
    signer_title TEXT,
    reader       TEXT NOT NULL         -- the program and the rules that read it: what --refresh compares
);

-- One row a file; several files of one content lead to one document.
CREATE TABLE sources (
    path     TEXT PRIMARY KEY,         -- absolute, links resolved
    document INTEGER NOT NULL REFERENCES documents (key) DEFERRABLE INITIALLY DEFERRED,
    size     INTEGER NOT NULL,         -- in bytes
    modified INTEGER NOT NULL,         -- nanoseconds since 1970; -1: too fresh to be trusted, the content is compared next time
    notes    TEXT NOT NULL             -- what was noticed of the file's name: JSON, [[position in diagnostics, diagnostic], …]
) WITHOUT ROWID;
CREATE INDEX sources_by_document ON sources (document, path);

-- The text that evidence points into, and the whole record; both packed with zlib.
CREATE TABLE contents (
    document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
    record   BLOB NOT NULL,            -- JSON as `kehoach extract` prints it, without the path and what was noticed of it
    text     BLOB NOT NULL             -- UTF-8
);

-- Where pages begin; no rows where the file has none.
CREATE TABLE pages (
    document     INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    page         INTEGER NOT NULL,     -- from 1
    start_offset INTEGER NOT NULL,
    PRIMARY KEY (document, page)
) WITHOUT ROWID;

-- The place in the source text of every item: `item` is the item's id, or `head` for the document's head.
CREATE TABLE evidence (
    document     INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    item         TEXT NOT NULL,
    position     INTEGER NOT NULL,
    page         INTEGER,              -- from 1; null where the file has no pages
    start_offset INTEGER NOT NULL,
    end_offset   INTEGER NOT NULL,
    text         TEXT NOT NULL,        -- the source text between the two, to the letter
    PRIMARY KEY (document, item, position)
) WITHOUT ROWID;

CREATE TABLE sections (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id       TEXT NOT NULL,            -- s12
    path     TEXT NOT NULL,            -- II.5.đ
    title    TEXT NOT NULL,
    level    INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE targets (
    document          INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position          INTEGER NOT NULL,
    id                TEXT NOT NULL,   -- t3
    origin            TEXT NOT NULL,   -- body, annex
    section           TEXT,            -- path of the section
    indicator         TEXT NOT NULL,   -- what is measured, as written
    indicator_id      TEXT,            -- as the record has it; what was linked stands in target_links
    comparator        TEXT NOT NULL,   -- eq, gt, ge, lt, le, approx
    value             REAL NOT NULL,   -- of a range the lower end
    value_to          REAL,            -- a range's upper end
    unit              TEXT,            -- as written
    scope             TEXT,
    conditions        TEXT NOT NULL,   -- JSON: a list of texts
    due               TEXT,
    change            TEXT,            -- increase, decrease, multiple; null: the value is a level
    change_base       TEXT,
    direction         TEXT,            -- up, down; null: not known
    actual_comparator TEXT,            -- the reported result, if it is a number …
    actual_value      REAL,
    actual_unit       TEXT,
    actual_text       TEXT,            -- … and if it is words
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE target_agencies (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    target   TEXT NOT NULL,            -- id of the target
    position INTEGER NOT NULL,
    role     TEXT NOT NULL,            -- monitor, lead, coordinate
    name     TEXT NOT NULL,            -- as written
    PRIMARY KEY (document, target, position)
) WITHOUT ROWID;

CREATE TABLE tasks (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id       TEXT NOT NULL,            -- n7
    origin   TEXT NOT NULL,
    section  TEXT,
    text     TEXT NOT NULL,
    deadline TEXT,                     -- id of the deadline
    product  TEXT,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE task_agencies (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    task     TEXT NOT NULL,            -- id of the task
    role     TEXT NOT NULL,            -- lead, coordinate
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    PRIMARY KEY (document, task, role, position)
) WITHOUT ROWID;

CREATE TABLE deadlines (
    document  INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    id        TEXT NOT NULL,           -- d2
    text      TEXT NOT NULL,
    first_day TEXT,
    last_day  TEXT,
    exclusive INTEGER NOT NULL,        -- 1: the last day itself is already too late
    every     TEXT,                    -- day, week, month, quarter, half_year, year; null: once
    interval  INTEGER,
    rule      TEXT,
    about     TEXT NOT NULL,
    section   TEXT,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

-- `references` is a word of SQL.
CREATE TABLE refs (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id       TEXT NOT NULL,            -- r4
    type     TEXT,
    number   TEXT,
    date     TEXT,
    issuer   TEXT,
    title    TEXT,
    role     TEXT NOT NULL,            -- basis, mention
    PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX refs_by_number ON refs (number);

CREATE TABLE facts (
    document    INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    id          TEXT NOT NULL,         -- f5
    section     TEXT,
    subject     TEXT NOT NULL,
    comparator  TEXT NOT NULL,
    value       REAL NOT NULL,
    unit        TEXT,
    change      TEXT,
    change_base TEXT,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE sums (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id       TEXT NOT NULL,            -- u1
    section  TEXT,
    total    REAL NOT NULL,
    parts    TEXT NOT NULL,            -- JSON: a list of numbers
    unit     TEXT,
    holds    INTEGER NOT NULL,         -- 1: the parts make the total
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE ratios (
    document    INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    id          TEXT NOT NULL,         -- q1
    section     TEXT,
    numerator   REAL NOT NULL,
    denominator REAL NOT NULL,
    stated      REAL NOT NULL,         -- the percentage as stated
    holds       INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE diagnostics (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id       TEXT NOT NULL,            -- x1: made here, for its evidence
    code     TEXT NOT NULL,
    message  TEXT NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

-- Files that could not be read. One that was read before keeps its earlier document beside this row.
CREATE TABLE failures (
    path     TEXT PRIMARY KEY,
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    code     TEXT NOT NULL,            -- a stable name: scan, encrypted, …
    message  TEXT NOT NULL,            -- what is wrong and what to do
    reader   TEXT NOT NULL
) WITHOUT ROWID;

-- Full text: the words of each document without marks (`chuyển đổi số` → `chuyen doi so`); rowid is the document's key.
-- The one table that needs SQLite 3.43 or later; older ones read all others.
CREATE VIRTUAL TABLE words USING fts5 (text, content='', contentless_delete=1, tokenize='unicode61');
