-- Version 4: what became of the numbers of a document, and what nothing understood.

-- How many numbers of a document are in each class (`ledger.numbers` of the record); a class without any has no row.
CREATE TABLE ledger (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    class    TEXT NOT NULL,            -- target, fact, sum, ratio, deadline, reference, marker, date, name, described, unread
    count    INTEGER NOT NULL,
    PRIMARY KEY (document, class)
) WITHOUT ROWID;

-- What nothing understood; its place is in `evidence` too, as that of the item w1, w2, …
CREATE TABLE unread (
    document    INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    id          TEXT NOT NULL,         -- w1: made here, for its evidence
    kind        TEXT NOT NULL,         -- number, date, block, table, part
    why         TEXT NOT NULL,         -- no-reading, unknown-column, …
    section     TEXT,
    row_name    TEXT,                  -- what the table's row is about
    column_name TEXT,                  -- the label of its column
    around      TEXT NOT NULL,         -- the words around it
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

-- The papers of a file, where it holds several: a decision and its plan, a letter and its annex.
CREATE TABLE papers (
    document     INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    role         TEXT NOT NULL,        -- main, enclosed, annex, beside
    of_paper     INTEGER,              -- position of the paper that encloses it
    label        TEXT,                 -- I: of Phụ lục I
    start_offset INTEGER NOT NULL,
    end_offset   INTEGER NOT NULL,
    number       TEXT,
    symbol       TEXT,
    date         TEXT,
    title        TEXT,
    issuer       TEXT,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

-- What an earlier version has read has no ledger: it is read again with --refresh.
UPDATE documents SET reader = '';
