"""Targets of a folder of documents, asked with SQL.

    pip install kehoach duckdb
    python duckdb_targets.py corpus
"""

import sys

import duckdb

import kehoach

records = list(kehoach.read_many(kehoach.find(*sys.argv[1:])))
tables = kehoach.to_tables(records, kehoach.audit(records))

# DuckDB reads the tables where they are: by the names of Python's variables, without a copy.
documents, targets, findings = tables["documents"], tables["targets"], tables["findings"]
duckdb.sql("""
    SELECT d.number, t.year, t.indicator, t.comparator, t.value, t.unit, t.evidence[1].text AS words
    FROM targets t JOIN documents d USING (path)
    WHERE t.unit = '%' AND t.value >= 95
    ORDER BY t.year, d.number, t.evidence[1].start_offset
    LIMIT 10
""").show()
duckdb.sql("SELECT severity, code, name, count(*) AS findings FROM findings GROUP BY ALL ORDER BY ALL").show()
