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

-- Linking is done over the whole store at once: 'links' holds the program and the rules that linked, until a document comes,
-- changes or goes.
CREATE TABLE state (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Which administrative unit a document belongs to, by the map of its day. Reasons stand in Vietnamese and in English.
CREATE TABLE unit_links (
    document    INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position    INTEGER NOT NULL,      -- several rows: ambiguous, all candidates
    status      TEXT NOT NULL,         -- known, ambiguous, unknown
    unit        TEXT,                  -- as the document names it, with the units above: also of one that no map knows
    code        TEXT,                  -- of the General Statistics Office; unique within level and map
    kind        TEXT,                  -- tỉnh, thị xã, phường
    name        TEXT,
    level       TEXT,                  -- province, district, commune
    province    TEXT,                  -- the province that it lies in, on the same map
    valid_from  TEXT,                  -- the first day of the map that it is on …
    valid_until TEXT,                  -- … or the last
    today       TEXT NOT NULL,         -- JSON: names of the units of the map since the reform that it went into, and of their provinces
    why_vi      TEXT NOT NULL,
    why_en      TEXT NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

-- The registry of agencies, as it was at linking.
CREATE TABLE agencies (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    level       TEXT NOT NULL,
    valid_from  TEXT,                  -- null: older than the documents
    valid_until TEXT,                  -- null: still so
    successors  TEXT NOT NULL,         -- JSON: ids
    source      TEXT NOT NULL
) WITHOUT ROWID;

-- Which agency a name in a document stands for.
CREATE TABLE agency_links (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    name     TEXT NOT NULL,            -- as written in target_agencies, task_agencies
    position INTEGER NOT NULL,         -- several rows: ambiguous, all candidates
    status   TEXT NOT NULL,            -- known, ambiguous, unknown
    agency   TEXT REFERENCES agencies (id) DEFERRABLE INITIALLY DEFERRED,
    office   TEXT,                     -- what stood for the agency: Giám đốc
    unit     TEXT,                     -- whose agency: as the name says, else the document's province
    in_force INTEGER,                  -- 0: the name was not in force on the document's day; null: it has none
    why_vi   TEXT NOT NULL,
    why_en   TEXT NOT NULL,
    PRIMARY KEY (document, name, position)
) WITHOUT ROWID;
CREATE INDEX agency_links_by_agency ON agency_links (agency);

-- What targets measure. The same words give the same id in every store.
CREATE TABLE indicators (
    id        TEXT PRIMARY KEY,        -- the registry's id, or one made of the words; @ and the levels that it is for
    position  INTEGER NOT NULL,        -- the order of their first targets
    name      TEXT NOT NULL,           -- the registry's, or the wording most in use
    registry  TEXT,                    -- the registry's id; null: found by its targets alone
    measure   TEXT NOT NULL,           -- share, money, time, frequency, amount, count, rate, bare
    change    TEXT,                    -- increase, decrease, multiple; null: a level
    levels    TEXT NOT NULL,           -- JSON: levels of government that it is for
    direction TEXT                     -- up, down: which way is good; null: not known
) WITHOUT ROWID;

-- The wordings of an indicator, each with why it is one.
CREATE TABLE wordings (
    id        INTEGER PRIMARY KEY,
    indicator TEXT NOT NULL REFERENCES indicators (id) DEFERRABLE INITIALLY DEFERRED,
    text      TEXT NOT NULL,           -- as written
    place     TEXT,                    -- the unit of administration that the words name
    why_vi    TEXT NOT NULL,
    why_en    TEXT NOT NULL
);
CREATE INDEX wordings_by_indicator ON wordings (indicator);

-- The indicator of each target, and of each fact that is the result of one.
CREATE TABLE target_links (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    kind     TEXT NOT NULL,            -- target, fact
    position INTEGER NOT NULL,         -- of the target or fact
    item     TEXT NOT NULL,            -- its id: t3, f5
    wording  INTEGER NOT NULL REFERENCES wordings (id) DEFERRABLE INITIALLY DEFERRED,
    unit     TEXT,                     -- whose value, where it is not the document's own unit
    PRIMARY KEY (document, kind, position)
) WITHOUT ROWID;
CREATE INDEX target_links_by_wording ON target_links (wording);

-- Indicators that look alike and measure something else.
CREATE TABLE related (
    one         TEXT NOT NULL REFERENCES indicators (id) DEFERRABLE INITIALLY DEFERRED,
    other       TEXT NOT NULL REFERENCES indicators (id) DEFERRABLE INITIALLY DEFERRED,
    difference  TEXT NOT NULL,         -- base, group, level, degree, stage, negation, place, quantity, words
    one_words   TEXT NOT NULL,         -- what only `one` has …
    other_words TEXT NOT NULL,         -- … and only `other`
    shared      REAL NOT NULL,         -- how many of all their words they share: 0 to 1
    why_vi      TEXT NOT NULL,
    why_en      TEXT NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX related_by_other ON related (other);

-- Which document is above which; one that is named in a legal basis and not in the store has its number and date alone.
CREATE TABLE document_links (
    document  INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position  INTEGER NOT NULL,        -- the nearest first
    relation  TEXT NOT NULL,           -- upper: it stands above; plan: the plan that the report reports on; basis: the legal basis names
                                       -- it, and it is not in the store, so that its level is not known
    certainty TEXT NOT NULL,           -- stated: the legal basis names it; inferred: by unit, year and topic; undecided: one of several
    other     INTEGER REFERENCES documents (key) ON DELETE CASCADE,
    reference TEXT,                    -- of one outside the store: id of the reference that names it
    why_vi    TEXT NOT NULL,
    why_en    TEXT NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX document_links_by_other ON document_links (other);
