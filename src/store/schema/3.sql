-- Version 3: what the audit finds.

-- The findings of the last audit of the whole store, by all rules. 'findings' in `state` holds the program and the rules that audited;
-- when a document comes, changes or goes, that and all findings go, because a new document may settle what an old one lacked.
CREATE TABLE findings (
    id          INTEGER PRIMARY KEY,   -- the order in which they are told
    fingerprint TEXT NOT NULL UNIQUE,  -- stays the same while text moves
    code        TEXT NOT NULL,         -- of the rule: XL001
    name        TEXT NOT NULL,         -- of the rule: below-the-upper-level
    severity    TEXT NOT NULL,         -- error, warning, note
    place_vi    TEXT NOT NULL,         -- where, what is wrong, what to do
    problem_vi  TEXT NOT NULL,
    action_vi   TEXT NOT NULL,
    place_en    TEXT NOT NULL,
    problem_en  TEXT NOT NULL,
    action_en   TEXT NOT NULL,
    compared    TEXT NOT NULL          -- JSON: the values that were compared
);
CREATE INDEX findings_by_code ON findings (code);

-- The places that a finding quotes.
CREATE TABLE finding_sides (
    finding      INTEGER NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    document     INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    section      TEXT,
    page         INTEGER,
    start_offset INTEGER NOT NULL,     -- code points of the source text
    end_offset   INTEGER NOT NULL,
    text         TEXT NOT NULL,
    PRIMARY KEY (finding, position)
) WITHOUT ROWID;
CREATE INDEX finding_sides_by_document ON finding_sides (document);
