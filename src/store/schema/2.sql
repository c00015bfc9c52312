-- Version 2: runs, and what linking finds.

-- Every `kehoach ingest`; one without an end was interrupted, and the next went on.
CREATE TABLE runs (
    id        INTEGER PRIMARY KEY,
    started   TEXT NOT NULL,           -- UTC
    finished  TEXT,
    reader    TEXT NOT NULL,
    read      INTEGER,                 -- documents read for the first time
    replaced  INTEGER,                 -- files whose content has changed
    known     INTEGER,                 -- further files of a content that was known
    unchanged INTEGER,
    failed    INTEGER
);

-- Linking is done over the whole store at once: 'links' = 'current' until a document comes, changes or goes.
CREATE TABLE state (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Which administrative unit a document belongs to.
CREATE TABLE unit_links (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,         -- several rows: ambiguous, all candidates
    status   TEXT NOT NULL,            -- known, ambiguous, unknown
    code     TEXT,                     -- of the General Statistics Office
    name     TEXT,
    level    TEXT,
    why      TEXT NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

-- Which agency a name in a document stands for.
CREATE TABLE agency_links (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    name     TEXT NOT NULL,            -- as written in target_agencies, task_agencies
    position INTEGER NOT NULL,         -- several rows: ambiguous, all candidates
    status   TEXT NOT NULL,
    agency   TEXT,                     -- the registry's id
    why      TEXT NOT NULL,
    PRIMARY KEY (document, name, position)
) WITHOUT ROWID;

CREATE TABLE indicators (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    unit       TEXT,
    direction  TEXT,                   -- up, down; null: not known
    registered INTEGER NOT NULL        -- 1: from the registry; 0: found by its targets alone
) WITHOUT ROWID;

CREATE TABLE target_links (
    document  INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    target    TEXT NOT NULL,           -- id of the target
    indicator TEXT NOT NULL REFERENCES indicators (id) DEFERRABLE INITIALLY DEFERRED,
    relation  TEXT NOT NULL,           -- same: measures it; related: nearly, and `why` names the difference
    score     REAL,
    why       TEXT NOT NULL,
    PRIMARY KEY (document, target, indicator)
) WITHOUT ROWID;
CREATE INDEX target_links_by_indicator ON target_links (indicator, relation);

CREATE TABLE document_links (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    other    INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    relation TEXT NOT NULL,            -- upper: `other` stands above; plan: `other` is the plan that the report reports on
    status   TEXT NOT NULL,            -- known, ambiguous
    why      TEXT NOT NULL,
    PRIMARY KEY (document, other, relation)
) WITHOUT ROWID;
CREATE INDEX document_links_by_other ON document_links (other);
