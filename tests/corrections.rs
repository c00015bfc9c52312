//! What people put right: it stays apart from what was read, outlives newer rules and changed files, is told wherever it goes, and no
//! two people's is lost.

mod common;

use std::path::Path;

use common::folder::Folder;
use common::{kehoach, read_text, stderr, stdout};
use kehoach::corrections::{self, Action, Correction, Draft, Kind, Of, State, contents, nth, quote};
use kehoach::record::{Hand, Record};
use kehoach::store::Store;
use serde_json::{Map, Value, json};

const PLAN: &str = "ỦY BAN NHÂN DÂN\nXÃ KHE VÀNG\nSố: 12/KH-UBND\nKhe Vàng, ngày 10 tháng 01 năm 2025\n\nKẾ HOẠCH\nCấp nước năm 2025\n\n\
    I. MỤC TIÊU\n- Tỷ lệ hộ dùng nước sạch đạt trên 85%.\n- Tỷ lệ hộ có bể chứa đạt 60%.\n- Tỷ lệ thất thoát nước dưới 20%.\n\
    II. NHIỆM VỤ\n- Trạm cấp nước rà soát mạng lưới đường ống trước ngày 30/6/2025.\n";

fn object(value: Value) -> Map<String, Value> {
    value.as_object().cloned().expect("an object")
}

fn of(record: &Record) -> Of {
    let document = &record.document;
    Of {
        sha256: record.source.sha256.clone(),
        number: document.number.clone(),
        date: document.date.clone(),
        title: document.title.clone(),
    }
}

/// What somebody does to the target with this value.
fn draft(record: &Record, text: &str, value: f64, action: Action, is: Option<Value>, who: &str) -> Draft {
    let at = record.targets.iter().position(|target| target.value.0 == value).expect("a target");
    let content = contents(record, Kind::Target).swap_remove(at);
    let mut new = content.says.clone();
    new.extend(is.clone().map(object).unwrap_or_default());
    let place = &content.evidence[0];
    Draft {
        document: of(record),
        kind: Kind::Target,
        action,
        who: who.into(),
        made: "2025-03-01T08:00:00Z".into(),
        was: Some(content.says),
        is: is.map(|_| new),
        nth: nth(text, &quote(text, place.start, place.end)),
        quotation: quote(text, place.start, place.end),
        earlier: None,
    }
}

fn states(record: &Record, text: &str, all: &[Correction]) -> (Record, Vec<State>) {
    let mut record = record.clone();
    let standings = corrections::apply(&mut record, text, all);
    let state = |one: &Correction| standings.iter().find(|standing| standing.id == one.id).expect("its standing").state;
    let states = all.iter().map(state).collect();
    (record, states)
}

#[test]
fn corrections_are_put_on_what_was_read() {
    let read = read_text(PLAN);
    let right = draft(&read, PLAN, 85.0, Action::Correct, Some(json!({"value": 58, "comparator": "ge"})), "An").done();
    let out = draft(&read, PLAN, 60.0, Action::Remove, None, "An").done();
    let seen = draft(&read, PLAN, 20.0, Action::Accept, None, "An").done();
    let start = PLAN.find("Trạm cấp nước rà").map(|at| PLAN[..at].chars().count()).expect("there");
    let is = json!({"indicator": "Số lượt rà soát", "value": 1, "unit": "lượt", "due": "2025-06-30"});
    let new = Draft {
        action: Action::Add,
        was: None,
        is: Some(object(is)),
        quotation: quote(PLAN, start, start + 30),
        ..draft(&read, PLAN, 85.0, Action::Accept, None, "An")
    }
    .done();
    let all = [right, out, seen, new];
    assert!(all.iter().all(|one| one.is_wrong().is_none()), "{:?}", all.iter().map(Correction::is_wrong).collect::<Vec<_>>());
    let (record, found) = states(&read, PLAN, &all);
    assert_eq!(found, [State::On; 4]);
    let values: Vec<f64> = record.targets.iter().map(|target| target.value.0).collect();
    assert_eq!(values, [58.0, 20.0, 1.0]);
    let hands: Vec<Option<Hand>> = record.targets.iter().map(|target| record.hand_of(&target.id)).collect();
    assert_eq!(hands, [Some(Hand::Person), None, Some(Hand::Person)]);
    assert_eq!(record.targets[2].section.as_deref(), Some("II"));
    assert_eq!(record.corrections.len(), 4);
    assert_eq!(serde_json::to_value(&record.corrections[0]).expect("JSON")["origin"], json!("person"));
    assert_eq!(read, read_text(PLAN), "what was read stays");
}

#[test]
fn what_is_done_once_more_or_taken_back_names_the_one_before() {
    let read = read_text(PLAN);
    let first = draft(&read, PLAN, 85.0, Action::Correct, Some(json!({"value": 58})), "An").done();
    let earlier = Some((first.slot.clone(), vec![first.id.clone()]));
    let again = Draft {
        earlier,
        made: "2025-03-02T08:00:00Z".into(),
        ..draft(&read, PLAN, 85.0, Action::Correct, Some(json!({"value": 59})), "Bình")
    }
    .done();
    let earlier = Some((first.slot.clone(), vec![again.id.clone()]));
    let back = Draft {
        earlier,
        is: None,
        made: "2025-03-03T08:00:00Z".into(),
        ..draft(&read, PLAN, 85.0, Action::AsRead, None, "Bình")
    }
    .done();
    let (record, found) = states(&read, PLAN, &[first.clone(), again.clone()]);
    assert_eq!((record.targets[0].value.0, found), (59.0, vec![State::Replaced, State::On]));
    let (record, found) = states(&read, PLAN, &[first, again, back]);
    assert_eq!((record.targets[0].value.0, found), (85.0, vec![State::Replaced, State::Replaced, State::On]));
}

#[test]
fn two_peoples_corrections_of_one_value_are_a_conflict_and_both_are_kept() {
    let read = read_text(PLAN);
    let one = draft(&read, PLAN, 85.0, Action::Correct, Some(json!({"value": 58})), "An").done();
    let other = Draft {
        made: "2025-03-01T09:00:00Z".into(),
        ..draft(&read, PLAN, 85.0, Action::Correct, Some(json!({"value": 95})), "Bình")
    }
    .done();
    let (record, found) = states(&read, PLAN, &[other.clone(), one.clone()]);
    assert_eq!((record.targets[0].value.0, found), (58.0, vec![State::Conflict, State::Conflict]));
    assert!(record.corrections[0].in_conflict);
    // Somebody who saw both decides.
    let earlier = Some((one.slot.clone(), vec![one.id.clone(), other.id.clone()]));
    let decided = Draft {
        earlier,
        made: "2025-03-02T08:00:00Z".into(),
        ..draft(&read, PLAN, 85.0, Action::Correct, Some(json!({"value": 95})), "An")
    }
    .done();
    let (record, found) = states(&read, PLAN, &[one.clone(), other, decided]);
    assert_eq!((record.targets[0].value.0, found), (95.0, vec![State::Replaced, State::Replaced, State::On]));
    // Two who say the same do not disagree.
    let same = Draft {
        made: "2025-03-01T09:00:00Z".into(),
        ..draft(&read, PLAN, 85.0, Action::Correct, Some(json!({"value": 58})), "Bình")
    }
    .done();
    assert_eq!(states(&read, PLAN, &[one, same]).1, [State::On, State::Replaced]);
}

#[test]
fn a_newer_document_takes_what_still_fits() {
    let read = read_text(PLAN);
    let all = [
        draft(&read, PLAN, 85.0, Action::Correct, Some(json!({"value": 58})), "An").done(),
        draft(&read, PLAN, 60.0, Action::Correct, Some(json!({"value": 61})), "An").done(),
        draft(&read, PLAN, 20.0, Action::Correct, Some(json!({"value": 21})), "An").done(),
    ];
    let text = PLAN
        .replace("I. MỤC TIÊU\n", "I. MỤC TIÊU\n- Số trạm bơm mới là 3 trạm.\n")
        .replace("hộ dùng nước sạch đạt", "hộ dùng\nnước sạch đạt")
        .replace("bể chứa đạt 60%", "bể chứa đạt 65%");
    let newer = read_text(&text);
    let (record, found) = states(&newer, &text, &all);
    assert_eq!(found, [State::On, State::Gone, State::On]);
    let values: Vec<f64> = record.targets.iter().map(|target| target.value.0).collect();
    assert_eq!(values, [3.0, 58.0, 65.0, 21.0]);
    // A program that reads what the person said: settled, and nobody's hand.
    let mut better = read.clone();
    better.targets[0].value.0 = 58.0;
    let (record, found) = states(&better, PLAN, &all[..1]);
    assert_eq!((found, record.hand_of(&record.targets[0].id)), (vec![State::Settled], None));
}

#[test]
fn corrections_that_say_nothing_are_refused() {
    let read = read_text(PLAN);
    let good = draft(&read, PLAN, 85.0, Action::Correct, Some(json!({"value": 58})), "An");
    for (is, wanted) in [
        (json!({"value": "nhiều"}), "invalid type"),
        (json!({"price": 5}), "a target has no `price`"),
        (json!({"indicator": " "}), "a target needs `indicator`"),
    ] {
        let mut says = good.is.clone().expect("a content");
        says.extend(object(is));
        let wrong = Draft { is: Some(says), ..good.clone() }.done().is_wrong().expect("wrong");
        assert!(wrong.contains(wanted), "{wrong}");
    }
    let mut changed = good.done();
    changed.who = "ai khác".into();
    assert!(changed.is_wrong().is_some_and(|wrong| wrong.contains("was changed")));
}

fn run(arguments: &[&str]) -> String {
    let output = kehoach(arguments);
    assert!(output.status.code().is_some_and(|code| code < 2), "{arguments:?}: {}", stderr(&output));
    stdout(&output)
}

fn copy_corpus(folder: &Folder) {
    for path in common::corpus() {
        let text = std::fs::read_to_string(&path).expect("a text");
        folder.write(&format!("docs/{}", path.file_name().expect("a name").to_string_lossy()), &text, 5);
    }
}

/// Twenty values of the corpus are put right; then it is read with other rules, and one file has changed: all twenty are on, or told of.
#[test]
fn twenty_corrections_outlive_newer_rules_and_a_changed_file() {
    let folder = Folder::new("corrections");
    copy_corpus(&folder);
    let (documents, file) = (folder.join("docs").display().to_string(), folder.join("plans.db").display().to_string());
    run(&["ingest", &documents, "--store", &file, "-q"]);
    let mut made: Vec<(String, String, f64)> = Vec::new();
    {
        let mut store = Store::open_to_write(Path::new(&file)).expect("a store");
        let all: Vec<_> = store.records().collect::<Result<_, _>>().expect("records");
        for stored in all {
            let (text, _) = store.text(stored.key).expect("a text");
            let mut drafts = Vec::new();
            for target in stored.record.targets.iter().step_by(7).take(20_usize.saturating_sub(made.len()).min(2)) {
                // Another of the same value would be the one that `draft` takes.
                if stored.record.targets.iter().filter(|other| other.value == target.value).count() > 1 {
                    continue;
                }
                let value = target.value.0 + 1000.0;
                drafts.push(
                    draft(&stored.record, &text, target.value.0, Action::Correct, Some(json!({"value": value})), "An").done(),
                );
                made.push((stored.record.source.path.clone(), target.evidence[0].text.clone(), value));
            }
            store.correct(stored.key, &drafts).expect("corrected");
        }
        assert!(made.len() >= 12, "{}", made.len());
        let more = 20 - made.len();
        let all: Vec<_> = store.records().collect::<Result<_, _>>().expect("records");
        for stored in all.iter().take(more) {
            let (text, _) = store.text(stored.key).expect("a text");
            let alone =
                |value: f64| stored.record.targets.iter().filter(|other| other.value.0 == value).count() == 1 && value < 1000.0;
            let target = stored.record.targets.iter().rev().find(|target| alone(target.value.0)).expect("a value of its own");
            let value = target.value.0 + 1000.0;
            let one = draft(&stored.record, &text, target.value.0, Action::Correct, Some(json!({"value": value})), "An").done();
            made.push((stored.record.source.path.clone(), target.evidence[0].text.clone(), value));
            store.correct(stored.key, &[one]).expect("corrected");
        }
    }
    assert_eq!(made.len(), 20);
    let mine = folder.join("mine/lexicons");
    std::fs::create_dir_all(&mine).expect("a folder");
    let units = run(&["rules", "units"]).replacen(
        "[[entry]]",
        "[[entry]]\nname = \"đơn vị lạ\"\nkind = \"count\"\nsource = \"usage\"\n\n[[entry]]",
        1,
    );
    std::fs::write(mine.join("units.toml"), units).expect("rules");
    // One file has another line on top, and one of its corrected sentences says something else.
    let (changed, sentence, _) = &made[0];
    let text = std::fs::read_to_string(changed).expect("a text");
    let digit = sentence.find(|c: char| c.is_ascii_digit()).expect("a number");
    let other = format!("{}9{}", &sentence[..digit], &sentence[digit..]);
    std::fs::write(changed, format!("BẢN SỬA\n{}", text.replacen(sentence.as_str(), &other, 1))).expect("written");
    let rules = folder.join("mine").display().to_string();
    let told = kehoach(&["--rules", &rules, "ingest", &documents, "--refresh", "--store", &file]);
    assert!(stderr(&told).contains("corrections: 19 on, 1 no longer in the text"), "{}", stderr(&told));
    let listed: Vec<Value> =
        serde_json::from_str(&run(&["corrections", "list", "--store", &file, "--format", "json"])).expect("JSON");
    let states: Vec<&str> =
        listed.iter().filter(|one| !one["state"].is_null()).map(|one| one["state"].as_str().expect("a state")).collect();
    assert_eq!(
        (states.iter().filter(|state| **state == "on").count(), states.iter().filter(|state| **state == "gone").count()),
        (19, 1)
    );
    // All that leaves the store has them, and says so; as read it has none.
    let records = run(&["export", "--store", &file, "--format", "ndjson", "-q"]);
    let values: Vec<f64> = records
        .lines()
        .map(|line| serde_json::from_str::<Record>(line).expect("a record"))
        .flat_map(|record| {
            let own: Vec<f64> = record
                .targets
                .iter()
                .filter(|target| record.hand_of(&target.id).is_some())
                .map(|target| target.value.0)
                .collect();
            own
        })
        .collect();
    assert_eq!(values.len(), 19);
    assert!(made[1..].iter().all(|(_, _, value)| values.contains(value)), "{values:?}");
    assert!(run(&["export", "--store", &file, "--format", "csv", "-q"]).contains("người sửa: An, 2025-03-01"));
    let raw = run(&["export", "--store", &file, "--format", "ndjson", "--as-read", "-q"]);
    assert!(!raw.contains("\"corrections\":"), "as it was read");
    let (_, _, value) = made.iter().rev().find(|(path, ..)| path != changed).expect("one");
    let connection = rusqlite::Connection::open(&file).expect("SQLite");
    let rows: i64 = connection
        .query_row("SELECT count(*) FROM v_targets t JOIN v_corrections c ON c.document = t.document AND c.item = t.target WHERE t.value = ? AND c.origin = 'person'", [value], |row| row.get(0))
        .expect("a count");
    assert_eq!(rows, 1);
    let indicator: String =
        connection.query_row("SELECT indicator FROM v_targets WHERE value = ?", [value], |row| row.get(0)).expect("an indicator");
    let series = |more: &[&str]| run(&[&["series", &indicator, "--store", &file, "--format", "json", "-q"], more].concat());
    assert!(series(&[]).contains("\"origin\": \"person\"") && !series(&["--as-read"]).contains("\"origin\""), "{}", series(&[]));
    // Of twelve documents' lists targets alone were corrected: each of the nineteen is one that was read wrong.
    let measured = run(&["eval", "--store", &file]);
    assert!(measured.contains("    19  target put right: value"), "{measured}");
    let line = measured.lines().find(|line| line.starts_with("targets ")).expect("targets");
    let counts: Vec<usize> = line.split_whitespace().skip(1).take(3).filter_map(|count| count.parse().ok()).collect();
    assert!(counts[0] == counts[1] && counts[0] - counts[2] == 19, "{line}");
    // Given to a store that has read the same files, they are the same there; twice is once.
    let (given, second) = (folder.join("sua.ndjson").display().to_string(), folder.join("second.db").display().to_string());
    run(&["corrections", "export", "--store", &file, "-o", &given]);
    run(&["ingest", &documents, "--store", &second, "-q"]);
    for wanted in ["20 corrections are new, 0 were known", "0 corrections are new, 20 were known"] {
        let told = stderr(&kehoach(&["corrections", "import", &given, "--store", &second]));
        assert!(told.contains(wanted) && told.contains("19 on, 1 no longer in the text") || told.contains("wait"), "{told}");
    }
    let bad = folder.write("bad.ndjson", "{\"schema\": \"kehoach.correction/1\"}\n", 1);
    let told = kehoach(&["corrections", "import", &bad.display().to_string(), "--store", &second]);
    assert!(told.status.code() == Some(2) && stderr(&told).contains("line 1: is no correction"), "{}", stderr(&told));
}

/// What somebody finds right changes nothing, and what is put right stays the value of its indicator: links and findings go on until they are made anew.
#[test]
fn what_is_found_right_leaves_links_and_findings_and_a_value_stays_in_its_series() {
    let folder = Folder::new("corrections-links");
    let below = PLAN.replace("XÃ KHE VÀNG", "XÃ BẾN THUẬN").replace("30/6/2025", "31/02/2025");
    folder.write("docs/a.txt", PLAN, 3);
    folder.write("docs/b.txt", &below, 3);
    let (documents, file) = (folder.join("docs").display().to_string(), folder.join("plans.db").display().to_string());
    run(&["ingest", &documents, "--store", &file, "-q"]);
    run(&["audit", "--store", &file, "-q"]);
    let count = |sql: &str| -> i64 {
        rusqlite::Connection::open(&file).expect("SQLite").query_row(sql, [], |row| row.get(0)).expect("a count")
    };
    let (links, findings) = ("SELECT count(*) FROM target_links", "SELECT count(*) FROM v_findings");
    let before = (count(links), count(findings));
    assert!(before.0 >= 6 && before.1 >= 1, "{before:?}");
    let correct = |action: Action, is: Option<Value>| {
        let mut store = Store::open_to_write(Path::new(&file)).expect("a store");
        let stored = store.records().next().expect("a document").expect("a record");
        let (text, _) = store.text(stored.key).expect("a text");
        let read = store.record_as_read(stored.key).expect("a record");
        let mut one = draft(&read, &text, 85.0, action, is, "An");
        one.earlier = store
            .corrections_of(stored.key)
            .expect("corrections")
            .last()
            .map(|earlier| (earlier.slot.clone(), vec![earlier.id.clone()]));
        store.correct(stored.key, &[one.done()]).expect("corrected");
    };
    correct(Action::Accept, None);
    assert_eq!((count(links), count(findings)), before, "found right");
    assert_eq!(count("SELECT count(*) FROM state WHERE name IN ('links', 'findings')"), 2);
    correct(Action::Correct, Some(json!({"value": 58.5})));
    assert_eq!(count(links), before.0, "its value is another one, and its indicator the same");
    assert_eq!(count("SELECT count(*) FROM v_series WHERE value = 58.5"), 1);
    assert_eq!(count("SELECT count(*) FROM state WHERE name IN ('links', 'findings')"), 0, "both are to be made anew");
    let series = run(&["series", "Tỷ lệ hộ dùng nước sạch", "--store", &file, "--format", "json", "-q"]);
    assert!(series.contains("58.5") && series.contains("\"origin\": \"person\""), "{series}");
    correct(Action::Correct, Some(json!({"indicator": "Tỷ lệ hộ có vòi nước"})));
    assert_eq!(count(links), before.0 - 1, "another indicator is linked when all are");
}

/// The same words under one task after the other are as many places: what is said of one is not said of the next.
#[test]
fn the_same_words_in_two_places_are_two_items() {
    let line = "Đơn vị phối hợp là Trạm cấp nước, Văn phòng và các ngành liên quan; số tổ là 7.\n";
    let text = format!("Việc thứ nhất.\n{line}{line}{line}");
    let starts: Vec<usize> = text.char_indices().enumerate().filter(|(_, (_, c))| *c == '7').map(|(at, _)| at).collect();
    let slots: Vec<(usize, String)> = starts
        .iter()
        .map(|start| {
            let quotation = quote(&text, *start, start + 1);
            let number = nth(&text, &quotation);
            let was = Some(object(json!({"class": "unread"})));
            let document = Of { sha256: "0a".into(), number: None, date: None, title: None };
            let (kind, action) = (Kind::Number, Action::Accept);
            let draft = Draft {
                document,
                kind,
                action,
                who: "An".into(),
                made: "2025-03-01T08:00:00Z".into(),
                was,
                is: None,
                quotation,
                nth: number,
                earlier: None,
            };
            (number, draft.done().slot)
        })
        .collect();
    assert_eq!(slots.iter().map(|(nth, _)| *nth).collect::<Vec<_>>(), [0, 1, 2]);
    assert!(slots[0].1 != slots[1].1 && slots[1].1 != slots[2].1 && slots[0].1 != slots[2].1, "{slots:?}");
}
