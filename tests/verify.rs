//! Claims held against documents: faults planted in the annotations of the corpus are told, right claims are not doubted; the forms of
//! claims; what is wrong with a list. With `KEHOACH_REAL`, the annotations of real documents are claims.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::{corpus, kehoach, lexicon, stderr, stdout};
use kehoach::ingest::listed::Listed;
use kehoach::pipeline;
use kehoach::record::Record;
use kehoach::record::ledger::Entry;
use kehoach::report::profile::Profile;
use kehoach::verify::{self, ClaimError, Claims, Field, Judged, Reader, StandsAs, Verdict, Verification};
use serde_json::{Value, json};

struct Document {
    record: Record,
    text: String,
    numbers: Vec<Entry>,
    gold: Value,
}

impl Document {
    fn read(path: &Path, gold: &Path) -> Self {
        let (source, record) = pipeline::read_source(path, lexicon()).unwrap_or_else(|error| panic!("{error}"));
        let gold = std::fs::read_to_string(gold).unwrap_or_else(|error| panic!("{}: {error}", gold.display()));
        Self {
            numbers: pipeline::ledger(&source, lexicon()),
            text: source.text.as_str().to_owned(),
            record,
            gold: serde_json::from_str(&gold).expect("gold JSON"),
        }
    }

    fn list(&self, name: &str) -> Vec<Value> {
        self.gold.get(name).and_then(Value::as_array).cloned().unwrap_or_default()
    }

    fn verify(&self, claims: &[Value]) -> Verification {
        let reader = Reader { file: "claims.json", document: &self.record, lexicon: lexicon(), profile: None };
        let listed = Listed::Text(Value::from(claims).to_string());
        let claims = reader.read(&listed).unwrap_or_else(|error| panic!("{error}"));
        verify::verify(&self.record, &self.text, &self.numbers, &claims)
    }
}

fn documents() -> Vec<Document> {
    let gold = |path: &PathBuf| path.with_file_name("gold").join(path.with_extension("json").file_name().expect("a name"));
    corpus().iter().map(|path| Document::read(path, &gold(path))).collect()
}

fn number(claim: &Value) -> f64 {
    claim["value"].as_f64().expect("a value")
}

fn words(claim: &Value, name: &str) -> String {
    claim[name].as_str().unwrap_or_default().to_owned()
}

/// The last digit of the value is another one.
fn digit(claim: &Value, at: usize) -> Option<Value> {
    let value = number(claim);
    let unit = if value.fract() == 0.0 { 1.0 } else { 0.01 };
    let step = if at % 2 == 0 && value > 3.0 * unit { -unit } else { unit };
    let value = ((value + step) * 1e6).round() / 1e6;
    // No range that begins at its end.
    if claim["value_to"].as_f64().is_some_and(|to| to <= value) {
        return None;
    }
    let mut claim = claim.clone();
    claim["value"] = json!(value);
    Some(claim)
}

fn unit(claim: &Value, at: usize) -> Option<Value> {
    const OTHERS: [&str; 4] = ["ha", "triệu đồng", "tấn", "%"];
    let own = words(claim, "unit");
    let other = OTHERS.iter().cycle().skip(at).find(|other| !own.starts_with(**other))?;
    let mut claim = claim.clone();
    claim["unit"] = json!(other);
    Some(claim)
}

fn comparator(claim: &Value, _at: usize) -> Option<Value> {
    let other = match claim["comparator"].as_str()? {
        "eq" => "gt",
        "ge" | "gt" => "le",
        "le" | "lt" => "ge",
        _ => "eq",
    };
    let mut claim = claim.clone();
    claim["comparator"] = json!(other);
    Some(claim)
}

/// Another level of government than the document's words have.
fn level(claim: &Value, at: usize) -> Option<Value> {
    const LEVELS: [&str; 3] = ["tỉnh", "huyện", "xã"];
    for name in ["scope", "indicator"] {
        let text = words(claim, name);
        let own: Vec<&str> = text.split(' ').collect();
        let Some(place) = own.iter().position(|word| LEVELS.contains(word)) else { continue };
        let other = LEVELS.iter().cycle().skip(at).find(|level| **level != own[place])?;
        let mut swapped = own.clone();
        swapped[place] = other;
        let mut claim = claim.clone();
        claim[name] = json!(swapped.join(" "));
        return Some(claim);
    }
    None
}

fn result(claim: &Value, _at: usize) -> Option<Value> {
    let actual = claim["actual"]["value"].as_f64().filter(|actual| *actual != number(claim))?;
    let mut claim = claim.clone();
    claim["value"] = json!(actual);
    claim["comparator"] = json!(null);
    claim["actual"] = json!(null);
    Some(claim)
}

fn invented(claim: &Value, at: usize) -> Option<Value> {
    const INVENTED: [&str; 5] = [
        "Tỷ lệ hộ nuôi chim yến được cấp mã vùng nuôi",
        "Số nhà văn hóa lắp pin mặt trời áp mái",
        "Tỷ lệ lao động đi làm việc ở nước ngoài về khởi nghiệp",
        "Diện tích mặt nước nuôi cá tầm",
        "Tỷ lệ trẻ mẫu giáo biết bơi",
    ];
    let mut claim = claim.clone();
    claim["indicator"] = json!(INVENTED[at % INVENTED.len()]);
    claim["scope"] = json!(null);
    Some(claim)
}

/// A way to plant a fault in a claim; what it cannot be planted in is left.
type Plant = fn(&Value, usize) -> Option<Value>;

/// Whether what was planted says the same as another claim, and so is right.
fn is_right(planted: &Value, claims: &[Value]) -> bool {
    let key = |claim: &Value| {
        format!("{} {} {} {}", words(claim, "indicator"), words(claim, "scope"), claim["value"], words(claim, "unit"))
    };
    claims.iter().any(|claim| key(claim) == key(planted) && planted["comparator"] == claim["comparator"])
}

fn told(judged: &Judged, field: Option<Field>) -> bool {
    match judged.verdict {
        Verdict::NotInDocument => true,
        Verdict::Differs => judged.differs.iter().any(|difference| Some(difference.field) == field),
        _ => false,
    }
}

#[test]
fn planted_faults_are_told_and_right_claims_are_not_doubted() {
    let plants: [(&str, Option<Field>, Plant); 6] = [
        ("digit", Some(Field::Value), digit),
        ("unit", Some(Field::Unit), unit),
        ("comparator", Some(Field::Comparator), comparator),
        ("level", Some(Field::Scope), level),
        ("result", Some(Field::Value), result),
        ("invented", None, invented),
    ];
    let mut tally: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let (mut right, mut doubted) = (0, 0);
    let mut misses = Vec::new();
    for document in documents() {
        let claims = document.list("targets");
        let whole = document.verify(&claims);
        right += claims.len();
        doubted += whole.claims.iter().filter(|judged| judged.verdict != Verdict::Holds).count();
        for (name, field, plant) in plants {
            // A third of the claims at a time, so that right ones stand beside.
            for round in 0..3 {
                let mut list = claims.clone();
                let mut places = Vec::new();
                for at in (round..claims.len()).step_by(3) {
                    let planted = plant(&claims[at], at).filter(|planted| !is_right(planted, &claims));
                    if let Some(planted) = planted {
                        list[at] = planted;
                        places.push(at);
                    }
                }
                if places.is_empty() {
                    continue;
                }
                let found = document.verify(&list);
                for (at, judged) in found.claims.iter().enumerate() {
                    if places.contains(&at) {
                        let counts = tally.entry(name).or_default();
                        counts[1] += 1;
                        if told(judged, field) {
                            counts[0] += 1;
                        } else {
                            misses.push(format!("{name}: {} → {judged:?}", list[at]));
                        }
                    } else {
                        right += 1;
                        doubted += usize::from(judged.verdict != Verdict::Holds);
                    }
                }
            }
        }
        // Results of the text as targets, by themselves beside the right claims.
        let facts: Vec<Value> = document
            .list("facts")
            .iter()
            .map(|fact| json!({"indicator": fact["subject"], "value": fact["value"], "unit": fact["unit"]}))
            .collect();
        let list = [claims.clone(), facts].concat();
        for (judged, claim) in document.verify(&list).claims.iter().zip(&list).skip(claims.len()) {
            let counts = tally.entry("result").or_default();
            counts[1] += 1;
            if told(judged, Some(Field::Value)) {
                counts[0] += 1;
            } else {
                misses.push(format!("fact: {claim} → {judged:?}"));
            }
        }
        // What is dropped is missed.
        for (at, dropped) in claims.iter().enumerate() {
            let held = whole.claims[at].item.as_deref().filter(|_| whole.claims[at].verdict == Verdict::Holds);
            let twice = claims.iter().enumerate().any(|(other, claim)| {
                other != at && number(claim) == number(dropped) && words(claim, "unit") == words(dropped, "unit") && {
                    let near = |claim: &Value| {
                        kehoach::check::alike::Wording::new(&format!("{} {}", words(claim, "indicator"), words(claim, "scope")))
                    };
                    near(claim).compare(&near(dropped)) == kehoach::check::alike::Likeness::Same
                }
            });
            let Some(item) = held.filter(|_| !twice) else { continue };
            let rest: Vec<Value> =
                claims.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, claim)| claim.clone()).collect();
            let counts = tally.entry("dropped").or_default();
            counts[1] += 1;
            if document.verify(&rest).missed.iter().any(|missed| missed.id == item) {
                counts[0] += 1;
            } else {
                misses.push(format!("dropped: {dropped}"));
            }
        }
    }
    let report = format!("{tally:?}; right {right}, doubted {doubted}\n{}", misses.join("\n"));
    eprintln!("{report}");
    let [hit, all] = tally.values().fold([0, 0], |sum, counts| [sum[0] + counts[0], sum[1] + counts[1]]);
    assert!(all > 1500 && hit * 100 >= all * 98, "{hit} of {all} told: {report}");
    for (name, [hit, all]) in &tally {
        assert!(hit * 100 >= all * 90, "{name}: {hit} of {all} told: {report}");
    }
    assert!(doubted * 100 <= right * 2, "{doubted} of {right} doubted: {report}");
}

/// Annotations of real documents as claims: value, unit, comparison and indicator. They are not part of the project.
#[test]
fn annotations_of_real_documents_hold() {
    let folder = std::env::var_os("KEHOACH_REAL").map(PathBuf::from).filter(|folder| folder.join("gold").is_dir());
    let Some(folder) = folder else {
        eprintln!("skipped: KEHOACH_REAL names no folder of real documents with annotations");
        return;
    };
    let files = |name: &str| {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder.join(name)).expect("a folder").filter_map(Result::ok).map(|entry| entry.path()).collect();
        files.sort();
        files
    };
    let documents = files("docs");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for gold in files("gold") {
        let id = format!("{}-", gold.file_stem().unwrap_or_default().to_string_lossy());
        let is_own = |path: &&PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&id));
        let Some(path) = documents.iter().find(is_own) else { continue };
        let annotated: Value = serde_json::from_str(&std::fs::read_to_string(&gold).expect("gold")).expect("gold JSON");
        let targets = annotated["targets"].as_array().cloned().unwrap_or_default();
        if targets.is_empty() {
            continue;
        }
        let document = Document::read(path, &gold);
        let part = |claim: &Value| json!({"indicator": claim["indicator"], "value": claim["value"], "unit": claim["unit"], "comparator": claim["comparator"]});
        let found = document.verify(&targets.iter().map(part).collect::<Vec<_>>()).counts;
        for (name, count) in [
            ("claims", found.claims),
            ("holds", found.holds),
            ("wrong", found.differs + found.not_in_document),
            ("undecided", found.undecided),
        ] {
            *counts.entry(name).or_default() += count;
        }
    }
    eprintln!("{counts:?}");
    assert!(counts["holds"] * 100 >= counts["claims"] * 90, "{counts:?}");
    assert!(counts["wrong"] * 100 <= counts["claims"] * 2, "{counts:?}");
}

/// A plan of an invented commune and what is said of it.
const PLAN: &str = "ỦY BAN NHÂN DÂN\nXÃ KHE VÀNG\nSố: 12/KH-UBND\nKhe Vàng, ngày 10 tháng 01 năm 2025\n\nKẾ HOẠCH\nCấp nước năm 2025\n\n\
    I. MỤC TIÊU\n- Tỷ lệ hộ dùng nước sạch đạt trên 85%.\n- Lắp đặt 1.250 bể lọc nước.\n\
    - Tỷ lệ hồ sơ nộp trực tuyến tại cấp xã đạt 70%, tại cấp huyện đạt 90%.\nII. KẾT QUẢ NĂM 2024\n- Năm 2024 đã sửa chữa 34 km đường ống.\n";

fn plan() -> Document {
    let source = kehoach::ingest::decode("plan.txt", PLAN.into()).expect("a text");
    Document {
        record: pipeline::read(&source, lexicon()),
        text: PLAN.to_owned(),
        numbers: pipeline::ledger(&source, lexicon()),
        gold: Value::Null,
    }
}

fn given(document: &Document, listed: &Listed, profile: Option<&Profile>) -> Result<Claims, ClaimError> {
    Reader { file: "c", document: &document.record, lexicon: lexicon(), profile }.read(listed)
}

fn text(text: &str) -> Listed {
    Listed::Text(text.to_owned())
}

#[test]
fn each_verdict_says_why_and_where() {
    let document = plan();
    let one = |claim: Value| document.verify(&[claim]).claims.remove(0);
    let held =
        one(json!({"indicator": "Tỷ lệ hộ dùng nước sạch", "value": 85, "unit": "%", "comparator": "gt", "due": "2025-12-31"}));
    assert_eq!(held.verdict, Verdict::Holds);
    assert!(PLAN.chars().skip(held.evidence[0].start).collect::<String>().starts_with("Tỷ lệ hộ dùng nước sạch"));
    for (claim, field) in [
        (json!({"indicator": "Tỷ lệ hộ dùng nước sạch", "value": 58, "unit": "%"}), Field::Value),
        (json!({"indicator": "Tỷ lệ hộ dùng nước sạch", "value": 85, "unit": "hộ"}), Field::Unit),
        (json!({"indicator": "Tỷ lệ hộ dùng nước sạch", "value": 85, "comparator": "le"}), Field::Comparator),
        (json!({"indicator": "Tỷ lệ hộ dùng nước sạch", "value": 85, "due": "2026-06-30"}), Field::Time),
        (
            json!({"indicator": "Tỷ lệ hộ dùng nước sạch", "value": 85, "agencies": [{"role": "lead", "name": "Trạm cấp nước"}]}),
            Field::Agency,
        ),
    ] {
        let found = one(claim);
        assert_eq!(found.verdict, Verdict::Differs, "{found:?}");
        assert_eq!(found.differs.iter().map(|difference| difference.field).collect::<Vec<_>>(), [field], "{found:?}");
    }
    for (claim, stands_as) in [
        (json!({"indicator": "Số trạm bơm", "value": 777}), StandsAs::Nowhere),
        (json!({"indicator": "sửa chữa đường ống", "value": 34, "unit": "km"}), StandsAs::Result),
        (json!({"indicator": "Số giếng khoan", "value": 1250}), StandsAs::OtherItem),
        (json!({"indicator": "Tỷ lệ hồ sơ nộp trực tuyến", "scope": "cấp xã", "value": 90, "unit": "%"}), StandsAs::OtherScope),
    ] {
        let found = one(claim);
        assert_eq!((found.verdict, found.stands_as), (Verdict::NotInDocument, Some(stands_as)), "{found:?}");
    }
}

/// What the ledger calls unread is undecided, whatever the claim says of it.
#[test]
fn what_was_not_understood_is_not_called_wrong() {
    let mut document = plan();
    let place = document.numbers.iter().position(|entry| entry.text == "1.250").expect("a number");
    document.numbers[place].class = kehoach::record::ledger::Class::Unread;
    document.record.targets.retain(|target| target.value.0 != 1250.0);
    let found = document.verify(&[json!({"indicator": "Lắp đặt bể lọc nước", "value": 1250, "unit": "cái"})]).claims.remove(0);
    assert_eq!((found.verdict, found.doubt), (Verdict::Undecided, Some(verify::Doubt::Unread)), "{found:?}");
}

#[test]
fn what_the_claims_leave_out_is_missed() {
    let document = plan();
    let found = document.verify(&[json!({"indicator": "Tỷ lệ hộ dùng nước sạch", "value": 85})]);
    let missed: Vec<&str> = found.missed.iter().map(|missed| missed.says.as_str()).collect();
    assert_eq!(missed, ["1.250 bể", "70%", "90%"]);
    assert!(!found.finds_fault());
}

#[test]
fn claims_are_taken_in_each_form() {
    let document = plan();
    let sheet = kehoach::ingest::listed::SheetRows {
        name: "Theo dõi".into(),
        rows: [
            (1, vec!["THEO DÕI CHỈ TIÊU"]),
            (3, vec!["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch"]),
            (4, vec!["1", "Tỷ lệ hộ dùng nước sạch", "%", "> 85"]),
            (5, vec!["2", "Lắp đặt bể lọc nước", "bể", "1.250"]),
        ]
        .into_iter()
        .map(|(row, cells)| (row, cells.into_iter().map(str::to_owned).collect()))
        .collect(),
    };
    let record = serde_json::to_string(&document.record).expect("JSON");
    let list = "[{\"indicator\": \"Tỷ lệ hộ dùng nước sạch\", \"value\": \"trên 85%\"}, {\"ten\": \"Lắp đặt bể lọc nước\", \"gia_tri\": 1250}]";
    let lines = "{\"indicator\": \"Tỷ lệ hộ dùng nước sạch\", \"value\": 85}\n\n{\"indicator\": \"Lắp đặt bể lọc nước\", \"value\": 1250}\n";
    let table = "\u{FEFF}so_ky_hieu,ten,loai,so_sanh,gia_tri,don_vi_tinh\r\n12/KH-UBND,Tỷ lệ hộ dùng nước sạch,chi_tieu,trên,85,%\r\n\
        12/KH-UBND,Rà soát mạng lưới,nhiem_vu,,,\r\n9/KH-UBND,Của kế hoạch khác,chi_tieu,đạt,5,%\r\n12/KH-UBND,Lắp đặt bể lọc nước,chi_tieu,đạt,1250,\r\n";
    for (listed, count, left_out) in [
        (text(&record), document.record.targets.len() + document.record.facts.len(), 0),
        (text(list), 2, 0),
        (text(lines), 2, 0),
        (text(table), 2, 2),
        (Listed::Sheets(vec![sheet]), 2, 0),
    ] {
        let claims = given(&document, &listed, None).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((claims.claims.len(), claims.left_out), (count, left_out), "{listed:?}");
        let found = verify::verify(&document.record, &document.text, &document.numbers, &claims);
        assert_eq!(found.counts.holds, count, "{listed:?}: {:?}", found.claims);
    }
    let profile = "delimiter = \";\"\ndecimal = \",\"\n[[column]]\nname = \"Nội dung\"\nfrom = \"ten\"\n[[column]]\nname = \"Nhóm\"\nfrom = \"loai\"\n\
        map = { nhiem_vu = \"Việc\" }\n[[column]]\nname = \"Số\"\nfrom = \"gia_tri\"\n";
    let profile = Profile::parse("p", profile).expect("a profile");
    let theirs =
        text("Nội dung;Nhóm;Số\nTỷ lệ hộ dùng nước sạch;Chỉ tiêu;85\nRà soát;Việc;3\nLắp đặt bể lọc nước;Chỉ tiêu;1250,0\n");
    let claims = given(&document, &theirs, Some(&profile)).expect("claims");
    assert_eq!((claims.claims.len(), claims.left_out), (2, 1));
    assert_eq!(claims.claims[1].values, [1250.0]);
}

#[test]
fn bad_claims_are_told_with_their_place() {
    let document = plan();
    for (listed, wanted) in [
        (text("ten,gia_tri\nmột,1\n\"hai,2\n"), "c: line 3: is no CSV: a cell opens a quote"),
        (text("ten,gia_tri\nmột,1,2\n"), "c: line 2: is no CSV: it has 3 cells, and the line of names 2"),
        (text("a,b\n1,2\n"), "c: no row names what is measured and its value; found: a, b; name the columns ten, gia_tri"),
        (text("{\"indicator\": \"x\", \"value\": 1}\n{\"indicator\": \n"), "c: line 2: is no JSON"),
        (text("[{\"indicator\": \"x\", \"value\": 1},"), "c: line 1: is no JSON"),
        (text("[]"), "c: holds no claim: it is empty"),
        (text("[{\"name\": \"x\"}]"), "c: holds no claim: none of its 1 rows"),
        (
            text(
                "{\"source\": {\"path\": \"b.txt\", \"sha256\": \"00\"}, \"document\": {\"number\": \"9/KH-UBND\"}, \"targets\": []}",
            ),
            "c: is about another document (9/KH-UBND, b.txt) than 12/KH-UBND, plan.txt",
        ),
        (text("so_ky_hieu,ten,gia_tri\n9/KH-UBND,x,1\n"), "c: is about another document (9/KH-UBND) than 12/KH-UBND, plan.txt"),
    ] {
        let told = given(&document, &listed, None).expect_err("an error").to_string();
        assert!(told.starts_with(wanted), "{told}");
    }
}

/// What `kehoach export` writes of a document, as a workbook too, holds of that document; a changed cell is told, in both languages.
#[test]
fn what_was_exported_holds() {
    let folder = common::folder::Folder::new("verify");
    let document = "corpus/2024-khevang-pccc-trat-tu.txt";
    let [book, table] = ["so.xlsx", "so.csv"].map(|name| folder.path().join(name).display().to_string());
    for (form, file) in [("xlsx", &book), ("csv", &table)] {
        assert!(kehoach(&["export", document, "--format", form, "-o", file]).status.success());
        let output = kehoach(&["verify", document, file]);
        assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
        assert!(
            stdout(&output).contains(" 0 khác văn bản, 0 không có trong văn bản, 0 chưa kết luận được; 0 mục"),
            "{}",
            stdout(&output)
        );
    }
    let changed = std::fs::read_to_string(&table).expect("CSV").replacen(",chi_tieu,đạt,", ",chi_tieu,trên,", 1);
    std::fs::write(&table, changed).expect("written");
    let output = kehoach(&["verify", document, &table, "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("comparison: claimed “trên”, in the document “đạt”"), "{}", stdout(&output));
    let output = kehoach(&["verify", document, &table, "--format", "json"]);
    let found: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!((&found["schema"], &found["counts"]["differs"]), (&json!("kehoach.verify/1"), &json!(1)));
    let output = kehoach(&["verify", document, "corpus/2024-syt-tiem-chung.txt"]);
    assert_eq!(output.status.code(), Some(2), "a document is no list of claims");
}
