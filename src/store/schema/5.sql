-- Version 5: indicators that may be one, and what people decided of them.

CREATE TABLE probable (
    one        TEXT NOT NULL REFERENCES indicators (id) DEFERRABLE INITIALLY DEFERRED,
    other      TEXT NOT NULL REFERENCES indicators (id) DEFERRABLE INITIALLY DEFERRED,
    likeness   REAL NOT NULL,          -- how alike the wordings are: 0 to 1
    one_words  TEXT NOT NULL,          -- what only `one` has …
    other_words TEXT NOT NULL,         -- … and only `other`
    why_vi     TEXT NOT NULL,          -- what speaks for it
    why_en     TEXT NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX probable_by_other ON probable (other);

-- Linking makes the other tables anew and keeps this one. Two indicators are named by the ids that they have without any decision.
CREATE TABLE link_decisions (
    one     TEXT NOT NULL,             -- the smaller of the two ids
    other   TEXT NOT NULL,
    same    INTEGER NOT NULL,          -- 1: one indicator; 0: two
    decided TEXT NOT NULL,             -- when: 2025-03-01T08:00:00Z
    PRIMARY KEY (one, other)
) WITHOUT ROWID;

-- Documents that rest on one and the same document outside of the store.
CREATE TABLE siblings (
    number   TEXT NOT NULL,            -- of the document above
    date     TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    PRIMARY KEY (number, date, document)
) WITHOUT ROWID;
CREATE INDEX siblings_by_document ON siblings (document);

-- Whose value and of which year, as linking found it.
ALTER TABLE unit_links ADD COLUMN owner TEXT;          -- the same for every way to write one unit; of a document's first row only
ALTER TABLE unit_links ADD COLUMN owner_name TEXT;     -- its name; of a department with the department's own
ALTER TABLE target_links ADD COLUMN owner TEXT;        -- these three where the value is not the document's own unit's
ALTER TABLE target_links ADD COLUMN today TEXT;        -- JSON: names of the units that it went into on 1 July 2025
ALTER TABLE target_links ADD COLUMN year INTEGER;

-- What was linked has none of it yet.
DELETE FROM state WHERE name = 'links';
