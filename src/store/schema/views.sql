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
    t.conditions, t.due, t.direction, t.actual_comparator, t.actual_value, t.actual_unit, t.actual_text,
    (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM target_agencies a
        WHERE a.document = t.document AND a.target = t.id AND a.role = 'lead' ORDER BY a.position)) AS lead,
    (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM target_agencies a
        WHERE a.document = t.document AND a.target = t.id AND a.role = 'coordinate' ORDER BY a.position)) AS coordinate,
    (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM target_agencies a
        WHERE a.document = t.document AND a.target = t.id AND a.role = 'monitor' ORDER BY a.position)) AS monitor,
    (SELECT l.indicator FROM target_links l
        WHERE l.document = t.document AND l.target = t.id AND l.relation = 'same' LIMIT 1) AS linked_indicator,
    e.page, e.start_offset, e.end_offset, e.text AS quote
FROM targets t
JOIN documents d ON d.key = t.document
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

CREATE VIEW v_failures AS
SELECT f.path, f.code, f.message,
    (SELECT d.id FROM sources s JOIN documents d ON d.key = s.document WHERE s.path = f.path) AS earlier_document
FROM failures f;
