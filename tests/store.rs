//! The store gives back what was read, exactly, and stays the same however it came about.

mod common;

use std::path::{Path, PathBuf};

use common::folder::{Folder, Silent, digest, ingest, ingest_with, options, plan};
use common::{corpus, lexicon, read};
use kehoach::ingest::{self as reading};
use kehoach::pipeline;
use kehoach::store::files::{self, Search};
use kehoach::store::gather::{Options, Summary, gather};
use kehoach::store::query::{Entry, Filter};
use kehoach::store::search::Hit;
use kehoach::store::{Reading, Store};
use rusqlite::Connection;

fn stored(path: &Path) -> Result<Reading, kehoach::ingest::IngestError> {
    pipeline::read_source(path, lexicon()).map(|(source, record)| Reading::new(&source, record))
}

fn open(path: &Path) -> Store {
    Store::open(path).unwrap_or_else(|error| panic!("{error}"))
}

fn summary(numbers: [usize; 6]) -> Summary {
    let [read, replaced, known, unchanged, failed, failed_before] = numbers;
    Summary { read, replaced, known, unchanged, failed, failed_before, ..Summary::default() }
}

/// Ingests and compares `[read, replaced, known, unchanged, failed, failed before]`.
fn check(store: &Path, folder: &Folder, numbers: [usize; 6], what: &str) {
    check_with(store, folder, &options(), numbers, what);
}

fn check_with(store: &Path, folder: &Folder, options: &Options, numbers: [usize; 6], what: &str) {
    let done = ingest_with(store, &[folder.join("van-ban")], options).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(Summary { reasons: Default::default(), ..done }, summary(numbers), "{what}");
}

#[test]
fn records_and_texts_come_back_as_they_were_read() {
    let folder = Folder::new("back");
    let store = folder.join("a.db");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pdf");
    let mut paths = [corpus(), vec![fixtures.join("bang.pdf"), fixtures.join("ke-hoach.pdf")]].concat();
    paths.sort();
    assert_eq!(ingest(&store, &paths).read, paths.len());
    let store = open(&store);
    let mut seen = Vec::new();
    for stored in store.records() {
        let stored = stored.expect("a record");
        let path = PathBuf::from(&stored.record.source.path);
        assert_eq!(stored.record, read(&path));
        let source = reading::read(&path).expect("a source");
        let (text, pages) = store.text(stored.key).expect("a text");
        assert_eq!(text, source.text.as_str());
        assert_eq!(pages, source.pages.iter().map(|at| source.text.code_points_before(*at)).collect::<Vec<_>>());
        seen.push(path);
    }
    seen.sort();
    assert_eq!(seen, paths);
}

#[test]
fn rows_are_the_records_items() {
    let folder = Folder::new("rows");
    let store = folder.join("a.db");
    ingest(&store, &corpus());
    let records: Vec<_> = corpus().iter().map(|path| read(path)).collect();
    let connection = Connection::open(&store).expect("plain SQL");
    let count =
        |sql: &str| connection.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap_or_else(|error| panic!("{sql}: {error}"));
    let sum = |of: &dyn Fn(&kehoach::record::Record) -> usize| records.iter().map(of).sum::<usize>();
    for (table, wanted) in [
        ("v_documents", records.len()),
        ("sections", sum(&|record| record.sections.len())),
        ("v_targets", sum(&|record| record.targets.len())),
        ("v_targets WHERE quote IS NOT NULL", sum(&|record| record.targets.len())),
        ("target_agencies", sum(&|record| record.targets.iter().map(|target| target.agencies.len()).sum())),
        ("v_tasks", sum(&|record| record.tasks.len())),
        ("v_tasks WHERE deadline IS NOT NULL", sum(&|record| record.tasks.iter().filter(|task| task.deadline.is_some()).count())),
        ("task_agencies", sum(&|record| record.tasks.iter().map(|task| task.owner.len() + task.coordinate.len()).sum())),
        ("v_deadlines", sum(&|record| record.deadlines.len())),
        ("v_references", sum(&|record| record.references.len())),
        ("facts", sum(&|record| record.facts.len())),
        ("sums", sum(&|record| record.sums.len())),
        ("ratios", sum(&|record| record.ratios.len())),
        ("diagnostics", sum(&|record| record.diagnostics.len())),
    ] {
        assert_eq!(count(&format!("SELECT count(*) FROM {table}")) as usize, wanted, "{table}");
        assert!(wanted > 0 || table == "diagnostics", "{table}: the corpus has none");
    }
    // Who leads, in the order of the record.
    let mut leads: Vec<Option<String>> = connection
        .prepare("SELECT lead FROM v_tasks")
        .and_then(|mut leads| leads.query_map([], |row| row.get(0))?.collect())
        .expect("leads");
    let tasks = records.iter().flat_map(|record| &record.tasks);
    let mut wanted: Vec<Option<String>> = tasks.map(|task| (!task.owner.is_empty()).then(|| task.owner.join("; "))).collect();
    leads.sort();
    wanted.sort();
    assert_eq!(leads, wanted);
    // Every piece of evidence is the text at its offsets.
    let store = open(&store);
    let mut statement =
        connection.prepare("SELECT document, start_offset, end_offset, text FROM evidence ORDER BY document").expect("evidence");
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?, row.get(2)?, row.get(3)?)));
    let mut text: (i64, Vec<char>) = (-1, Vec::new());
    for row in rows.expect("rows") {
        let (key, start, end, quote): (i64, u32, u32, String) = row.expect("a row");
        if text.0 != key {
            text = (key, store.text(key).expect("a text").0.chars().collect());
        }
        assert_eq!(text.1[start as usize..end as usize].iter().collect::<String>(), quote);
    }
}

#[test]
fn only_what_changed_is_read() {
    let folder = Folder::new("changed");
    let store = folder.join("a.db");
    folder.write("van-ban/a.txt", &plan("Cấp nước", 85), 9);
    folder.write("van-ban/b.txt", &plan("Cấp nước", 90), 9);
    check(&store, &folder, [2, 0, 0, 0, 0, 0], "the first time");
    check(&store, &folder, [0, 0, 0, 2, 0, 0], "nothing changed");
    folder.write("van-ban/b.txt", &plan("Cấp nước", 91), 8);
    check(&store, &folder, [0, 1, 0, 1, 0, 0], "one of the same size changed");
    folder.write("van-ban/b.txt", &plan("Cấp nước", 91), 7);
    check(&store, &folder, [0, 0, 0, 2, 0, 0], "written again, the same");
    folder.write("van-ban/xã/c.txt", &plan("Cấp nước", 85), 9);
    check(&store, &folder, [0, 0, 1, 2, 0, 0], "a second name of a known content");
    assert_eq!(open(&store).list(&Filter::default()).expect("a list").len(), 2);
    folder.write("van-ban/a.txt", &plan("Cấp nước", 91), 6);
    check(&store, &folder, [0, 1, 0, 2, 0, 0], "changed into what another holds");
    std::fs::remove_file(folder.join("van-ban/b.txt")).expect("removed");
    check(&store, &folder, [0, 0, 0, 2, 0, 0], "a file is gone");
    let open = open(&store);
    assert_eq!(open.missing_files().expect("files"), [folder.join("van-ban/b.txt").to_str().expect("a path")]);
    assert_eq!(open.list(&Filter::default()).expect("a list").len(), 2);
}

/// The time of a file that was written a moment ago proves nothing: the next write may have the same.
#[test]
fn a_file_just_written_is_compared_by_content() {
    let folder = Folder::new("fresh");
    let store = folder.join("a.db");
    let path = folder.write("van-ban/a.txt", &plan("Cấp nước", 85), 0);
    check(&store, &folder, [1, 0, 0, 0, 0, 0], "the first time");
    let modified = path.metadata().and_then(|metadata| metadata.modified()).expect("a time");
    std::fs::write(&path, plan("Cấp nước", 86)).expect("written");
    std::fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(modified)).expect("dated");
    check(&store, &folder, [0, 1, 0, 0, 0, 0], "same size, same time, other content");
}

#[test]
fn what_cannot_be_read_is_kept_with_its_reason() {
    let folder = Folder::new("failed");
    let store = folder.join("a.db");
    let bad = folder.write("van-ban/a.txt", "   \n", 9);
    folder.write("van-ban/b.txt", &plan("Cấp nước", 85), 9);
    check(&store, &folder, [1, 0, 0, 0, 1, 0], "the other is read");
    check(&store, &folder, [0, 0, 0, 1, 0, 1], "not tried again");
    check_with(&store, &folder, &Options { retry: true, ..options() }, [0, 0, 0, 1, 1, 0], "tried again when asked");
    let failures = open(&store).failures().expect("failures");
    assert_eq!((failures.len(), failures[0].code.as_str()), (1, "blank"));
    assert_eq!(failures[0].message, format!("{}: holds only white space; nothing to read", bad.display()));
    folder.write("van-ban/a.txt", &plan("Giảm nghèo", 5), 8);
    check(&store, &folder, [1, 0, 0, 1, 0, 0], "tried again when changed");
    assert_eq!(open(&store).failures().expect("failures"), []);
    folder.write("van-ban/a.txt", "", 7);
    check(&store, &folder, [0, 0, 0, 1, 1, 0], "a file that could be read is empty now");
    folder.write("van-ban/a.txt", &plan("Giảm nghèo", 5), 8);
    check(&store, &folder, [0, 0, 0, 2, 0, 0], "it is again as it was");
    assert_eq!(open(&store).failures().expect("failures"), []);
    folder.write("van-ban/a.txt", "", 6);
    check(&store, &folder, [0, 0, 0, 1, 1, 0], "empty once more");
    let failures = open(&store).failures().expect("failures");
    assert_eq!(failures.len(), 1);
    let earlier = failures[0].earlier_document.as_ref().expect("what it held before");
    let key = open(&store).find(earlier).expect("kept");
    assert_eq!(open(&store).record(key).expect("kept").targets[0].value.0, 5.0);
}

#[test]
fn a_reader_that_stumbles_does_not_stop_the_others() {
    let folder = Folder::new("stumbles");
    let store = folder.join("a.db");
    for number in 0..40 {
        folder.write(&format!("{number:02}.txt"), &plan("Cấp nước", number), 9);
    }
    let mut open_store = Store::open_to_write(&store).expect("a store");
    let found = files::find(&Search { paths: vec![folder.path().into()], never: files::own_files(&store), ..Search::default() });
    let done = gather(&mut open_store, found.expect("files").files, &options(), &Silent, &|path| {
        assert!(!path.ends_with("07.txt"), "a stumble, on purpose");
        stored(path)
    });
    let done = done.expect("the others are done");
    assert_eq!((done.read, done.failed), (39, 1));
    assert_eq!(open_store.failures().expect("failures")[0].code, "internal");
}

/// A store that cannot be written stops the run at once; what was committed stays, and the next run goes on.
#[test]
fn a_writer_that_fails_ends_the_run() {
    let folder = Folder::new("writer-fails");
    let store = folder.join("a.db");
    for number in 0..300 {
        folder.write(&format!("{number:03}.txt"), &plan("Cấp nước", number), 9);
    }
    let mut open_store = Store::open_to_write(&store).expect("a store");
    let found = files::find(&Search { paths: vec![folder.path().into()], never: files::own_files(&store), ..Search::default() });
    let files = found.expect("files").files;
    // Two contents that begin alike, which SHA-256 does not give.
    let read = |path: &Path| {
        let (source, mut record) = pipeline::read_source(path, lexicon())?;
        if path.ends_with("150.txt") || path.ends_with("151.txt") {
            record.source.sha256.replace_range(..15, "000000000000000");
        }
        Ok(Reading::new(&source, record))
    };
    let error = gather(&mut open_store, files.clone(), &options(), &Silent, &read).expect_err("refused").to_string();
    assert!(error.contains("two different files have SHA-256 that begin alike (000000000000000"), "{error}");
    assert!(open_store.counts("test 1").expect("counts").interrupted);
    let done = gather(&mut open_store, files, &options(), &Silent, &stored);
    assert!(done.is_ok_and(|done| done.failed == 0));
    drop(open_store);
    assert_eq!(open(&store).list(&Filter::default()).expect("a list").len(), 300);
}

/// The order of files, the number of threads and runs, and which of two names came first, leave no trace.
#[test]
fn stores_of_the_same_files_are_the_same() {
    let folder = Folder::new("same");
    let mut paths = corpus();
    // One content under two names; what is noticed of a wrong ending is noticed of the name that has it.
    paths.push(folder.write("z/ke-hoach.txt", &plan("Cấp nước", 85), 9));
    paths.push(folder.write("a/ke-hoach.pdf", &plan("Cấp nước", 85), 9));
    paths.push(folder.write("a/rong.txt", " ", 9));
    let all = folder.join("all.db");
    ingest(&all, &paths);
    let one_by_one = folder.join("one.db");
    for path in paths.iter().rev() {
        ingest(&one_by_one, std::slice::from_ref(path));
    }
    assert_eq!(digest(&all), digest(&one_by_one));
    let replaced = folder.join("replaced.db");
    folder.write("z/ke-hoach.txt", &plan("Giảm nghèo", 3), 8);
    folder.write("a/rong.txt", &plan("Giảm nghèo", 4), 8);
    ingest(&replaced, &paths);
    assert_ne!(digest(&all), digest(&replaced));
    folder.write("z/ke-hoach.txt", &plan("Cấp nước", 85), 9);
    ingest(&replaced, &paths);
    let mut store = Store::open_to_write(&replaced).expect("a store");
    store.forget_files(&[folder.join("a/rong.txt").to_str().expect("a path").into()]).expect("forgotten");
    drop(store);
    folder.write("a/rong.txt", " ", 9);
    ingest(&replaced, &paths);
    assert_eq!(digest(&all), digest(&replaced));
    let noted =
        open(&all).records().map(|stored| stored.expect("a record").record).find(|record| record.source.path.ends_with(".pdf"));
    let noted = noted.expect("the first of the two names");
    assert_eq!(noted, read(&folder.join("a/ke-hoach.pdf")));
    assert!(noted.diagnostics.iter().any(|diagnostic| diagnostic.code == "source-note"));
}

#[test]
fn another_reader_reads_again_when_asked() {
    let folder = Folder::new("refresh");
    let store = folder.join("a.db");
    folder.write("van-ban/a.txt", &plan("Cấp nước", 85), 9);
    folder.write("van-ban/b.txt", "", 9);
    check(&store, &folder, [1, 0, 0, 0, 1, 0], "the first time");
    let newer = Options { reader: "test 2".into(), ..options() };
    check_with(&store, &folder, &newer, [0, 0, 0, 1, 0, 1], "not asked");
    assert_eq!(open(&store).counts("test 2").expect("counts").outdated, 1);
    assert_eq!(open(&store).outdated_files("test 2").expect("files").len(), 2);
    let refresh = Options { refresh: true, ..newer.clone() };
    check_with(&store, &folder, &refresh, [0, 1, 0, 0, 1, 0], "asked");
    check_with(&store, &folder, &refresh, [0, 0, 0, 1, 0, 1], "done already");
    let fresh = folder.join("fresh.db");
    check_with(&fresh, &folder, &newer, [1, 0, 0, 0, 1, 0], "a new store");
    assert_eq!(digest(&store), digest(&fresh));
}

#[test]
fn forgetting_leaves_nothing_behind() {
    let folder = Folder::new("forget");
    let (store, before) = (folder.join("a.db"), folder.join("before.db"));
    let kept = folder.write("a.txt", &plan("Cấp nước", 85), 9);
    ingest(&before, std::slice::from_ref(&kept));
    let gone = folder.write("b.txt", &plan("Giảm nghèo", 3), 9);
    let twin = folder.write("c.txt", &plan("Giảm nghèo", 3), 9);
    ingest(&store, &[kept, gone.clone(), twin.clone()]);
    let mut open = Store::open_to_write(&store).expect("a store");
    let name = |path: &Path| path.to_str().expect("a path").to_owned();
    assert_eq!(open.forget_files(&[name(&gone)]).expect("forgotten"), 0, "another file holds it");
    assert_eq!(open.forget_files(&[name(&twin)]).expect("forgotten"), 1);
    assert_eq!(open.search(&["giam ngheo".into()], 9).expect("hits").hits, []);
    assert_eq!(digest(&store), digest(&before));
}

/// The views and the list say how much of each document was not read, and which one a person should look at first.
#[test]
fn what_was_not_read_is_told() {
    let folder = Folder::new("unread");
    let path = folder.join("a.db");
    ingest(&path, &corpus());
    let store = open(&path);
    let entries = store.list(&Filter::default()).expect("a list");
    let unread = store.unread(3).expect("what was not read");
    assert_eq!(unread.numbers, entries.iter().map(|entry| entry.numbers).sum::<i64>());
    assert_eq!(unread.unread, entries.iter().map(|entry| entry.unread).sum::<i64>());
    let most = entries.iter().map(|entry| entry.unread).max();
    assert_eq!(unread.first.first().map(|one| one.unread), most.filter(|most| *most > 0));
    let connection = Connection::open(&path).expect("SQL");
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a count");
    assert_eq!(count("SELECT sum(unread) FROM v_ledger"), unread.unread);
    assert_eq!(count("SELECT count(*) FROM v_unread WHERE kind IN ('number', 'date')"), unread.unread);
    assert!(count("SELECT count(*) FROM v_papers") >= i64::try_from(entries.len()).expect("few"));
}

/// A store of version 1 is one of today without what version 2 added, words for the full text included.
#[test]
fn a_store_of_an_older_version_is_brought_up_to_date() {
    let folder = Folder::new("older");
    let (new, old) = (folder.join("new.db"), folder.join("old.db"));
    ingest(&new, &corpus());
    ingest(&old, &corpus());
    let connection = Connection::open(&old).expect("SQL");
    let names = |connection: &Connection, of: &str| -> Vec<String> {
        let mut names = connection.prepare(&format!("SELECT name FROM sqlite_schema WHERE {of} ORDER BY name")).expect("SQL");
        names.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("names")
    };
    for view in names(&connection, "type = 'view'") {
        connection.execute_batch(&format!("DROP VIEW {view}")).expect("dropped");
    }
    connection.execute_batch("PRAGMA foreign_keys = OFF").expect("SQL");
    let later = concat!(
        include_str!("../src/store/schema/2.sql"),
        include_str!("../src/store/schema/3.sql"),
        include_str!("../src/store/schema/4.sql"),
        include_str!("../src/store/schema/5.sql"),
        include_str!("../src/store/schema/6.sql")
    );
    for table in later.lines().filter_map(|line| line.strip_prefix("CREATE TABLE ")).map(|line| line.trim_end_matches(" (")) {
        connection.execute_batch(&format!("DROP TABLE {table}")).expect(table);
    }
    let first = Connection::open_in_memory().expect("SQL");
    first.execute_batch(include_str!("../src/store/schema/1.sql")).expect("version 1");
    // SQLite's own tables of statistics come and go.
    let of = "name NOT LIKE 'sqlite%'";
    assert_eq!(names(&connection, of), names(&first, of));
    connection.execute_batch("PRAGMA user_version = 1").expect("marked");
    drop(connection);
    let store = open(&old);
    // What was not read is known once the documents are read again.
    let bare = |store: &Store| -> Vec<Entry> {
        let entries = store.list(&Filter::default()).expect("a list");
        entries.into_iter().map(|entry| Entry { numbers: 0, unread: 0, ..entry }).collect()
    };
    assert_eq!(bare(&store), bare(&open(&new)));
    assert!(!store.is_linked().expect("a table of version 2"));
    // Its documents have no ledger yet, and are read again when they are asked to be.
    let documents = i64::try_from(bare(&store).len()).expect("few");
    assert_eq!(store.outdated("of today").expect("a count"), documents);
    let phrase = ["ho ngheo".to_owned()];
    let found = store.search(&phrase, 9).expect("hits").hits;
    assert!(!found.is_empty());
    let places = |hits: Vec<Hit>| hits.into_iter().map(|hit| (hit.document.id, hit.places)).collect::<Vec<_>>();
    assert_eq!(places(found), places(open(&new).search(&phrase, 9).expect("hits").hits));
    for stored in store.records() {
        let record = stored.expect("a record").record;
        assert_eq!(record, read(Path::new(&record.source.path)));
    }
    drop(store);
    assert_eq!(ingest(&old, &corpus()).unchanged, corpus().len());
}

#[test]
fn a_file_that_is_no_store_is_left_as_it_is() {
    let folder = Folder::new("foreign");
    let message = |path: &Path| Store::open(path).err().map(|error| error.to_string()).expect("refused");
    assert!(message(&folder.join("none.db")).contains("there is no store; make one with: kehoach ingest"));
    let text = folder.write("a.db", "no SQLite, but long enough to be read as a page of it".repeat(99).as_str(), 1);
    assert!(message(&text).contains("is not a store of kehoach (it is no SQLite file)"), "{}", message(&text));
    let other = folder.join("other.db");
    Connection::open(&other).and_then(|other| other.execute_batch("CREATE TABLE t (a)")).expect("SQL");
    let before = std::fs::read(&other).expect("bytes");
    assert!(message(&other).contains("an SQLite file of another program"));
    assert!(Store::open_to_write(&other).is_err());
    assert_eq!(std::fs::read(&other).expect("bytes"), before);
    let newer = folder.join("newer.db");
    drop(Store::open_to_write(&newer).expect("a store"));
    Connection::open(&newer).and_then(|newer| newer.execute_batch("PRAGMA user_version = 999")).expect("SQL");
    assert!(message(&newer).contains("newer version of kehoach (schema 999"), "{}", message(&newer));
}

#[test]
fn one_writer_at_a_time() {
    let folder = Folder::new("writer");
    let path = folder.join("a.db");
    let first = Store::open_to_write(&path).expect("a store");
    let second = Store::open_to_write(&path).expect_err("refused").to_string();
    assert!(second.contains(&format!("another process (process {}) is writing to this store", std::process::id())), "{second}");
    assert!(Store::open(&path).is_ok(), "readers are welcome");
    drop(first);
    assert!(Store::open_to_write(&path).is_ok());
}
