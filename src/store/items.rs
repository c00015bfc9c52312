//! The rows of a record: one a section, target, task, …, and one a piece of evidence.

use rusqlite::{Connection, params};

use super::{integer, word};
use crate::record::ledger::Class;
use crate::record::{Actual, Agency, Change, Evidence, Record};

/// Writes a record's items.
pub(super) struct Items<'a> {
    pub(super) connection: &'a Connection,
    pub(super) key: i64,
}

impl Items<'_> {
    pub(super) fn insert(&self, record: &Record) -> rusqlite::Result<()> {
        self.evidence("head", &record.document.evidence)?;
        self.sections(record)?;
        self.targets(record)?;
        self.tasks(record)?;
        self.deadlines(record)?;
        self.references(record)?;
        self.numbers(record)?;
        for table in &record.tables {
            self.evidence(&table.id, &table.evidence)?;
        }
        self.ledger(record)?;
        self.papers(record)?;
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO diagnostics (document, position, id, code, message) VALUES (?, ?, ?, ?, ?)")?;
        for (at, item) in record.diagnostics.iter().enumerate() {
            let id = format!("x{}", at + 1);
            insert.execute(params![self.key, integer(at), id, item.code, item.message])?;
            self.evidence(&id, &item.evidence)?;
        }
        Ok(())
    }

    fn ledger(&self, record: &Record) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare_cached("INSERT INTO ledger (document, class, count) VALUES (?, ?, ?)")?;
        for class in Class::ALL {
            let count = record.ledger.numbers.of(class);
            if count > 0 {
                insert.execute(params![self.key, class.name(), integer(count)])?;
            }
        }
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO unread (document, position, id, kind, why, section, row_name, column_name, around)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (at, item) in record.unread.iter().enumerate() {
            let id = format!("w{}", at + 1);
            insert.execute(params![
                self.key,
                integer(at),
                id,
                word(&item.kind),
                item.why.code(),
                item.section,
                item.row,
                item.column,
                item.around
            ])?;
            self.evidence(&id, &item.evidence)?;
        }
        Ok(())
    }

    fn papers(&self, record: &Record) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO papers (document, position, role, of_paper, label, start_offset, end_offset, number, symbol, date, title, issuer)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (at, paper) in record.papers.iter().enumerate() {
            let head = paper.document.as_ref();
            insert.execute(params![
                self.key,
                integer(at),
                word(&paper.role),
                paper.by.map(integer),
                paper.label,
                integer(paper.start),
                integer(paper.end),
                head.and_then(|head| head.number.as_ref()),
                head.and_then(|head| head.symbol.as_ref()),
                head.and_then(|head| head.date.as_ref()),
                head.and_then(|head| head.title.as_ref()),
                head.and_then(|head| head.issuer.as_ref()),
            ])?;
        }
        Ok(())
    }

    fn evidence(&self, item: &str, evidence: &[Evidence]) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO evidence (document, item, position, page, start_offset, end_offset, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (at, piece) in evidence.iter().enumerate() {
            insert.execute(params![
                self.key,
                item,
                integer(at),
                piece.page,
                integer(piece.start),
                integer(piece.end),
                piece.text
            ])?;
        }
        Ok(())
    }

    fn sections(&self, record: &Record) -> rusqlite::Result<()> {
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO sections (document, position, id, path, title, level) VALUES (?, ?, ?, ?, ?, ?)")?;
        for (at, item) in record.sections.iter().enumerate() {
            insert.execute(params![self.key, integer(at), item.id, item.path, item.title, item.level])?;
            self.evidence(&item.id, &item.evidence)?;
        }
        Ok(())
    }

    fn targets(&self, record: &Record) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO targets (document, position, id, origin, section, indicator, indicator_id, comparator, value, value_to, unit,
                scope, conditions, due, change, change_base, direction, actual_comparator, actual_value, actual_unit, actual_text)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut agency = self
            .connection
            .prepare_cached("INSERT INTO target_agencies (document, target, position, role, name) VALUES (?, ?, ?, ?, ?)")?;
        for (at, item) in record.targets.iter().enumerate() {
            let (change, base) = change(item.change.as_ref());
            let (mut compared, mut value, mut unit, mut text) = (None, None, None, None);
            match &item.actual {
                Some(Actual::Value { value: number, unit: of, comparator }) => {
                    (compared, value, unit) = (word(comparator), Some(number.0), of.as_ref());
                }
                Some(Actual::Words { text: words }) => text = Some(words),
                None => {}
            }
            insert.execute(params![
                self.key,
                integer(at),
                item.id,
                word(&item.origin),
                item.section,
                item.indicator,
                item.indicator_id,
                word(&item.comparator),
                item.value.0,
                item.range.map(|range| range.to.0).or(item.value_to.map(|value| value.0)),
                item.unit,
                item.scope,
                serde_json::to_string(&item.conditions).unwrap_or_default(),
                item.due,
                change,
                base,
                item.direction.as_ref().and_then(word),
                compared,
                value,
                unit,
                text,
            ])?;
            for (at, Agency { role, name }) in item.agencies.iter().enumerate() {
                agency.execute(params![self.key, item.id, integer(at), word(role), name])?;
            }
            self.evidence(&item.id, &item.evidence)?;
        }
        Ok(())
    }

    fn tasks(&self, record: &Record) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO tasks (document, position, id, origin, section, text, deadline, product) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut agency = self
            .connection
            .prepare_cached("INSERT INTO task_agencies (document, task, role, position, name) VALUES (?, ?, ?, ?, ?)")?;
        for (at, item) in record.tasks.iter().enumerate() {
            let deadline = item.deadline.and_then(|index| record.deadlines.get(index)).map(|deadline| &deadline.id);
            insert.execute(params![
                self.key,
                integer(at),
                item.id,
                word(&item.origin),
                item.section,
                item.text,
                deadline,
                item.product
            ])?;
            for (role, names) in [("lead", &item.owner), ("coordinate", &item.coordinate)] {
                for (at, name) in names.iter().enumerate() {
                    agency.execute(params![self.key, item.id, role, integer(at), name])?;
                }
            }
            self.evidence(&item.id, &item.evidence)?;
        }
        Ok(())
    }

    fn deadlines(&self, record: &Record) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO deadlines (document, position, id, text, first_day, last_day, exclusive, every, interval, rule, about, section)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (at, item) in record.deadlines.iter().enumerate() {
            let recurrence = item.recurrence.as_ref();
            insert.execute(params![
                self.key,
                integer(at),
                item.id,
                item.text,
                item.from,
                item.to,
                item.exclusive,
                recurrence.and_then(|recurrence| word(&recurrence.every)),
                recurrence.map(|recurrence| recurrence.interval.unwrap_or(1)),
                recurrence.and_then(|recurrence| recurrence.rule.as_ref()),
                item.about,
                item.section,
            ])?;
            self.evidence(&item.id, &item.evidence)?;
        }
        Ok(())
    }

    fn references(&self, record: &Record) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO refs (document, position, id, type, number, date, issuer, title, role) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (at, item) in record.references.iter().enumerate() {
            insert.execute(params![
                self.key,
                integer(at),
                item.id,
                item.kind,
                item.number,
                item.date,
                item.issuer,
                item.title,
                word(&item.role)
            ])?;
            self.evidence(&item.id, &item.evidence)?;
        }
        Ok(())
    }

    /// Facts, sums and ratios.
    fn numbers(&self, record: &Record) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO facts (document, position, id, section, subject, comparator, value, unit, change, change_base)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (at, item) in record.facts.iter().enumerate() {
            let (change, base) = change(item.change.as_ref());
            insert.execute(params![
                self.key,
                integer(at),
                item.id,
                item.section,
                item.subject,
                word(&item.comparator),
                item.value.0,
                item.unit,
                change,
                base
            ])?;
            self.evidence(&item.id, &item.evidence)?;
        }
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO sums (document, position, id, section, total, parts, unit, holds) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (at, item) in record.sums.iter().enumerate() {
            let parts = serde_json::to_string(&item.parts).unwrap_or_default();
            insert.execute(params![self.key, integer(at), item.id, item.section, item.total.0, parts, item.unit, item.holds])?;
            self.evidence(&item.id, &item.evidence)?;
        }
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO ratios (document, position, id, section, numerator, denominator, stated, holds) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (at, item) in record.ratios.iter().enumerate() {
            insert.execute(params![
                self.key,
                integer(at),
                item.id,
                item.section,
                item.numerator.0,
                item.denominator.0,
                item.stated.0,
                item.holds
            ])?;
            self.evidence(&item.id, &item.evidence)?;
        }
        Ok(())
    }
}

fn change(change: Option<&Change>) -> (Option<String>, Option<&String>) {
    (change.and_then(|change| word(&change.kind)), change.and_then(|change| change.base.as_ref()))
}
