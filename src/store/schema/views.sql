-- What a person would want to see; made anew whenever the schema changes. Older SQLites (3.31 and later, as other tools bring them) must
-- understand it: no ORDER BY inside an aggregate. One row of v_targets, v_tasks, v_deadlines and
-- v_references is one item with its document, its page and its words (`quote`: the first piece of its evidence).

CREATE VIEW v_documents AS
SELECT d.id, d.type, d.number, d.date, d.title, d.issuer, d.level, d.province, d.district, d.commune,
    d.period_from, d.period_to, d.signer_name, d.signer_title, d.format, d.pages,
    (SELECT count(*) FROM targets t WHERE t.document = d.key) AS targets,
    (SELECT count(*) FROM tasks n WHERE n.document = d.key) AS tasks,
    (SELECT count(*) FROM sources s WHERE s.document = d.key) AS files,
    (SELECT min(s.path) FROM sources s WHERE s.document = d.key) AS path
FROM documents d;

CREATE VIEW v_targets AS
SELECT d.id AS document, d.number, d.date, d.issuer, d.level, d.province, d.district, d.commune, d.period_from, d.period_to,
    t.id AS target, t.section, t.indicator, t.scope, t.comparator, t.value, t.value_to, t.unit, t.change, t.change_base,
    t.conditions, t.due, coalesce(t.direction, i.direction) AS direction, t.actual_comparator, t.actual_value, t.actual_unit, t.actual_text,
    (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM target_agencies a
        WHERE a.document = t.document AND a.target = t.id AND a.role = 'lead' ORDER BY a.position)) AS lead,
    (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM target_agencies a
        WHERE a.document = t.document AND a.target = t.id AND a.role = 'coordinate' ORDER BY a.position)) AS coordinate,
    (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM target_agencies a
        WHERE a.document = t.document AND a.target = t.id AND a.role = 'monitor' ORDER BY a.position)) AS monitor,
    i.id AS linked_indicator,
    e.page, e.start_offset, e.end_offset, e.text AS quote
FROM targets t
JOIN documents d ON d.key = t.document
LEFT JOIN target_links l ON l.document = t.document AND l.kind = 'target' AND l.position = t.position
LEFT JOIN wordings w ON w.id = l.wording
LEFT JOIN indicators i ON i.id = w.indicator
LEFT JOIN evidence e ON e.document = t.document AND e.item = t.id AND e.position = 0;

CREATE VIEW v_tasks AS
SELECT d.id AS document, d.number, d.date, d.issuer, d.level, d.province, d.district, d.commune,
    n.id AS task, n.section, n.text,
    (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM task_agencies a
        WHERE a.document = n.document AND a.task = n.id AND a.role = 'lead' ORDER BY a.position)) AS lead,
    (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM task_agencies a
        WHERE a.document = n.document AND a.task = n.id AND a.role = 'coordinate' ORDER BY a.position)) AS coordinate,
    l.text AS deadline, l.first_day, l.last_day, l.exclusive, n.product,
    e.page, e.start_offset, e.end_offset, e.text AS quote
FROM tasks n
JOIN documents d ON d.key = n.document
LEFT JOIN deadlines l ON l.document = n.document AND l.id = n.deadline
LEFT JOIN evidence e ON e.document = n.document AND e.item = n.id AND e.position = 0;

CREATE VIEW v_deadlines AS
SELECT d.id AS document, d.number, d.date, d.issuer, l.id AS deadline, l.section, l.text, l.first_day, l.last_day, l.exclusive,
    l.every, l.interval, l.rule, l.about, e.page, e.start_offset, e.end_offset, e.text AS quote
FROM deadlines l
JOIN documents d ON d.key = l.document
LEFT JOIN evidence e ON e.document = l.document AND e.item = l.id AND e.position = 0;

CREATE VIEW v_references AS
SELECT d.id AS document, d.number AS quoted_by, r.id AS reference, r.role, r.type, r.number, r.date, r.issuer, r.title,
    e.page, e.start_offset, e.end_offset, e.text AS quote
FROM refs r
JOIN documents d ON d.key = r.document
LEFT JOIN evidence e ON e.document = r.document AND e.item = r.id AND e.position = 0;

-- One row a document: its numbers, how many of them are described and how many nothing understood, and what else was not read.
CREATE VIEW v_ledger AS
SELECT d.id AS document, d.number, d.date, d.issuer, d.title,
    (SELECT sum(count) FROM ledger l WHERE l.document = d.key) AS numbers,
    coalesce((SELECT count FROM ledger l WHERE l.document = d.key AND l.class = 'described'), 0) AS described,
    coalesce((SELECT count FROM ledger l WHERE l.document = d.key AND l.class = 'unread'), 0) AS unread,
    (SELECT count(*) FROM unread u WHERE u.document = d.key AND u.kind = 'block') AS unread_blocks,
    (SELECT count(*) FROM unread u WHERE u.document = d.key AND u.kind = 'table') AS unread_tables,
    (SELECT count(*) FROM unread u WHERE u.document = d.key AND u.kind = 'part') AS unread_parts,
    (SELECT u.why FROM unread u WHERE u.document = d.key GROUP BY u.why ORDER BY count(*) DESC, u.why LIMIT 1) AS mostly,
    (SELECT min(s.path) FROM sources s WHERE s.document = d.key) AS path
FROM documents d
WHERE EXISTS (SELECT 1 FROM ledger l WHERE l.document = d.key);

-- One row a number, paragraph, table or part that nothing understood.
CREATE VIEW v_unread AS
SELECT d.id AS document, d.number, u.kind, u.why, u.section, u.row_name, u.column_name, u.around,
    e.page, e.start_offset, e.end_offset, e.text AS quote
FROM unread u
JOIN documents d ON d.key = u.document
LEFT JOIN evidence e ON e.document = u.document AND e.item = u.id AND e.position = 0;

-- One row a paper of a file.
CREATE VIEW v_papers AS
SELECT d.id AS document, p.position, p.role, p.of_paper, p.label, p.number, p.symbol, p.date, p.title, p.issuer,
    p.start_offset, p.end_offset
FROM papers p
JOIN documents d ON d.key = p.document;

CREATE VIEW v_failures AS
SELECT f.path, f.code, f.message,
    (SELECT d.id FROM sources s JOIN documents d ON d.key = s.document WHERE s.path = f.path) AS earlier_document
FROM failures f;

-- What linking found; empty until `kehoach link` or an ingest has linked the store.

-- One row a document and unit: several where the name is ambiguous.
CREATE VIEW v_units AS
SELECT d.id AS document, d.number, d.date, u.status, u.unit, u.code, u.kind, u.name, u.level, u.province, u.valid_from, u.valid_until,
    u.today, u.why_vi, u.why_en
FROM unit_links u
JOIN documents d ON d.key = u.document;

-- One row an agency's name in a document.
CREATE VIEW v_agencies AS
SELECT d.id AS document, d.number, d.date, l.name AS written, l.status, l.agency, a.name, a.level, l.office, l.unit, l.in_force,
    a.valid_from, a.valid_until, a.successors, l.why_vi, l.why_en
FROM agency_links l
JOIN documents d ON d.key = l.document
LEFT JOIN agencies a ON a.id = l.agency;

-- One row an indicator, with how many targets and results are linked to it, in how many documents.
CREATE VIEW v_indicators AS
SELECT i.id AS indicator, i.name, i.registry, i.measure, i.change, i.levels, i.direction,
    count(DISTINCT w.id) AS wordings, count(CASE WHEN l.kind = 'target' THEN 1 END) AS targets,
    count(CASE WHEN l.kind = 'fact' THEN 1 END) AS facts,
    count(DISTINCT l.document) AS documents
FROM indicators i
LEFT JOIN wordings w ON w.indicator = i.id
LEFT JOIN target_links l ON l.wording = w.id
GROUP BY i.id;

-- One row a target or fact: its indicator and why.
CREATE VIEW v_links AS
SELECT d.id AS document, d.number, l.kind, l.item, i.id AS indicator, i.name, w.text AS wording, w.place, w.why_vi, w.why_en
FROM target_links l
JOIN documents d ON d.key = l.document
JOIN wordings w ON w.id = l.wording
JOIN indicators i ON i.id = w.indicator;

-- One row a pair of indicators that look alike and differ.
CREATE VIEW v_related AS
SELECT r.one, a.name AS one_name, r.other, b.name AS other_name, r.difference, r.one_words, r.other_words, r.shared, r.why_vi, r.why_en
FROM related r
JOIN indicators a ON a.id = r.one
JOIN indicators b ON b.id = r.other;

-- One row a pair of indicators that may be one, for a person to decide: kehoach link --decide.
CREATE VIEW v_probable AS
SELECT p.one, a.name AS one_name, p.other, b.name AS other_name, p.likeness, p.one_words, p.other_words, p.why_vi, p.why_en
FROM probable p
JOIN indicators a ON a.id = p.one
JOIN indicators b ON b.id = p.other;

-- One row a document and one above it; `other` is null where that is not in the store.
CREATE VIEW v_chain AS
SELECT d.id AS document, d.number, d.title, l.relation, l.certainty, o.id AS other,
    coalesce(o.number, r.number) AS other_number, coalesce(o.date, r.date) AS other_date, coalesce(o.issuer, r.issuer) AS other_issuer,
    coalesce(o.title, r.title) AS other_title, l.reference, l.why_vi, l.why_en
FROM document_links l
JOIN documents d ON d.key = l.document
LEFT JOIN documents o ON o.key = l.other
LEFT JOIN refs r ON r.document = l.document AND r.id = l.reference;

-- One row a value: indicator by unit by year. `kind` is target or result; `item_kind` is target or fact: a result stands with its target
-- or is a fact of its own. What body and annex state twice stands here twice.
CREATE VIEW v_series AS
SELECT i.id AS indicator, i.name, coalesce(l.unit, u.owner_name) AS unit, coalesce(l.owner, u.owner) AS owner,
    coalesce(l.today, CASE WHEN u.status = 'known' AND u.valid_until IS NOT NULL THEN u.today END) AS today, d.level, l.year,
    'target' AS kind, t.comparator, t.value, t.unit AS measure, d.id AS document, d.number, d.date, t.id AS item,
    l.kind AS item_kind, l.position, e.page, e.text AS quote
FROM target_links l
JOIN wordings w ON w.id = l.wording
JOIN indicators i ON i.id = w.indicator
JOIN documents d ON d.key = l.document
JOIN targets t ON t.document = l.document AND t.position = l.position
LEFT JOIN unit_links u ON u.document = l.document AND u.position = 0
LEFT JOIN evidence e ON e.document = t.document AND e.item = t.id AND e.position = 0
WHERE l.kind = 'target'
UNION ALL
SELECT i.id, i.name, coalesce(l.unit, u.owner_name), coalesce(l.owner, u.owner), coalesce(l.today, CASE WHEN u.status = 'known' AND u.valid_until IS NOT NULL THEN u.today END), d.level, l.year,
    'result', t.actual_comparator, t.actual_value, t.unit, d.id, d.number, d.date, t.id, l.kind, l.position, e.page, e.text
FROM target_links l
JOIN wordings w ON w.id = l.wording
JOIN indicators i ON i.id = w.indicator
JOIN documents d ON d.key = l.document
JOIN targets t ON t.document = l.document AND t.position = l.position
LEFT JOIN unit_links u ON u.document = l.document AND u.position = 0
LEFT JOIN evidence e ON e.document = t.document AND e.item = t.id AND e.position = 0
WHERE l.kind = 'target' AND t.actual_value IS NOT NULL
UNION ALL
SELECT i.id, i.name, coalesce(l.unit, u.owner_name), coalesce(l.owner, u.owner), coalesce(l.today, CASE WHEN u.status = 'known' AND u.valid_until IS NOT NULL THEN u.today END), d.level, l.year,
    'result', f.comparator, f.value, f.unit, d.id, d.number, d.date, f.id, l.kind, l.position, e.page, e.text
FROM target_links l
JOIN wordings w ON w.id = l.wording
JOIN indicators i ON i.id = w.indicator
JOIN documents d ON d.key = l.document
JOIN facts f ON f.document = l.document AND f.position = l.position
LEFT JOIN unit_links u ON u.document = l.document AND u.position = 0
LEFT JOIN evidence e ON e.document = f.document AND e.item = f.id AND e.position = 0
WHERE l.kind = 'fact';

-- The places that findings quote, one row a side: `v_findings` has a row a finding. Empty unless `kehoach audit --store` has audited the store as it is now.
CREATE VIEW v_finding_sides AS
SELECT f.id AS finding, f.fingerprint, f.code, f.name, f.severity, f.place_vi, f.problem_vi, f.action_vi, f.place_en, f.problem_en, f.action_en,
    f.compared, s.position AS side, d.id AS document, d.number, d.date, d.issuer, d.level, d.province, d.district, d.commune,
    s.section, s.page, s.start_offset, s.end_offset, s.text AS quote
FROM findings f
JOIN finding_sides s ON s.finding = f.id
JOIN documents d ON d.key = s.document;

-- What the audit found, one row a finding, with the place that it quotes first; `quotes` are all places that it quotes, one a line.
CREATE VIEW v_findings AS
SELECT s.finding, s.fingerprint, s.code, s.name, s.severity, s.place_vi, s.problem_vi, s.action_vi, s.place_en, s.problem_en, s.action_en,
    s.compared, (SELECT count(*) FROM finding_sides o WHERE o.finding = s.finding) AS sides,
    s.document, s.number, s.date, s.issuer, s.level, s.province, s.district, s.commune,
    s.section, s.page, s.start_offset, s.end_offset, s.quote,
    (SELECT group_concat(o.text, char(10)) FROM (SELECT text FROM finding_sides WHERE finding = s.finding ORDER BY position) o) AS quotes
FROM v_finding_sides s
WHERE s.side = (SELECT min(o.position) FROM finding_sides o WHERE o.finding = s.finding);

-- What people put right, one row a correction and document, with what became of it. What is `on` stands in the tables of items;
-- `origin` says so of each item.
CREATE VIEW v_corrections AS
SELECT d.id AS document, d.number, s.state, s.item, c.kind, c.action, 'person' AS origin, c.who, c.made, c.was, c."is", c.exact AS quote,
    c.id AS correction, c.slot
FROM correction_states s
JOIN corrections c ON c.id = s.correction
JOIN documents d ON d.key = s.document;
