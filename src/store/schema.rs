//! The schema's versions, and the way from one to the next.
//!
//! A version is one file, `schema/N.sql`, that makes N of N-1; a new store goes through all of them, so that old and new
//! stores are the same. The views hold nothing and are made anew at every change.

use rusqlite::Connection;

/// Marks the file as a store of this program: `KHOA`.
pub(super) const APPLICATION: i64 = crate::ingest::own::APPLICATION as i64;

/// The steps, in order.
const STEPS: [&str; 6] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
];

/// The version that this program writes.
pub(super) const VERSION: i64 = STEPS.len() as i64;

const VIEWS: &str = include_str!("schema/views.sql");

/// What a file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing in it yet.
    New,
    /// A store of this version.
    Store(i64),
    /// Something of another program.
    Foreign,
}

pub(super) fn recognise(connection: &Connection) -> rusqlite::Result<Found> {
    let application: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(match (application, tables) {
        (APPLICATION, _) => Found::Store(version(connection)?),
        (0, 0) => Found::New,
        _ => Found::Foreign,
    })
}

pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// What holds for each connection.
pub(super) fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    // The write-ahead log is folded in at about 16 MB: fewer flushes, and still a small file beside the store. What a temporary
    // b-tree needs stays in memory; the cache (64 MB) holds the inner pages of the large tables.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
         PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Brings the schema to [`VERSION`], all of it or nothing.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    migrate_to(connection, VERSION)
}

fn migrate_to(connection: &mut Connection, wanted: i64) -> rusqlite::Result<()> {
    let found = version(connection)?;
    if found >= wanted {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    let views: Vec<String> = transaction
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'view'")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for view in views {
        transaction.execute_batch(&format!("DROP VIEW \"{view}\""))?;
    }
    for (step, version) in STEPS.iter().zip(1..=wanted) {
        if version > found {
            transaction.execute_batch(step)?;
        }
    }
    if wanted == VERSION {
        transaction.execute_batch(VIEWS)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", wanted)?;
    transaction.commit()
}
