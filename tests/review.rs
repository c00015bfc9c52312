//! `kehoach review` over the wire: who is answered, what is refused, what is kept when the server is killed. What the page does stands in
//! tests/review.mjs, which this runs where Chromium, Node.js and playwright-core are there.

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use common::folder::Folder;
use common::{kehoach, stderr, stdout};
use serde_json::{Value, json};

const PLAN: &str = "ỦY BAN NHÂN DÂN\nXÃ KHE VÀNG\nSố: 12/KH-UBND\nKhe Vàng, ngày 10 tháng 01 năm 2025\n\nKẾ HOẠCH\nCấp nước năm 2025\n\n\
    I. MỤC TIÊU\n- Tỷ lệ hộ dùng nước sạch đạt trên 85%.\n- Tỷ lệ hộ có bể chứa đạt 60%.\n";

struct Server {
    child: Child,
    port: u16,
    secret: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(store: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kehoach"))
            .args(["review", "--store", store, "--who", "An", "--no-open", "-q"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("stdout")).read_line(&mut line).expect("an address");
        let rest = line.trim().strip_prefix("http://127.0.0.1:").expect("an address on this computer");
        let (port, secret) = rest.split_once('/').expect("a secret");
        Self { child, port: port.parse().expect("a port"), secret: secret.trim_end_matches('/').to_owned() }
    }

    /// Status and body of the answer to these very lines.
    fn raw(&self, lines: &[String], body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connected");
        let request = format!("{}\r\nConnection: close\r\n\r\n{body}", lines.join("\r\n"));
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        let (head, body) =
            answer.split_once("\r\n\r\n").map(|(head, body)| (head.to_owned(), body.to_owned())).unwrap_or_default();
        (status, head, body)
    }

    fn host(&self) -> String {
        format!("Host: 127.0.0.1:{}", self.port)
    }

    fn get(&self, route: &str) -> (u16, String, String) {
        self.raw(&[format!("GET /{}/{route} HTTP/1.1", self.secret), self.host()], "")
    }

    fn post(&self, route: &str, body: &Value) -> (u16, Value) {
        let body = body.to_string();
        let lines = [
            format!("POST /{}/{route} HTTP/1.1", self.secret),
            self.host(),
            format!("Origin: http://127.0.0.1:{}", self.port),
            "Content-Type: application/json".into(),
            format!("Content-Length: {}", body.len()),
        ];
        let (status, _, answer) = self.raw(&lines, &body);
        (status, json_in(&answer))
    }
}

/// The JSON of a body, which may come in chunks.
fn json_in(body: &str) -> Value {
    serde_json::from_str(body).unwrap_or_else(|_| {
        let whole: String = body.split("\r\n").skip(1).step_by(2).collect();
        serde_json::from_str(&whole).unwrap_or_default()
    })
}

fn store(folder: &Folder) -> String {
    let documents = folder.write("docs/a.txt", PLAN, 2);
    let store = folder.join("plans.db").display().to_string();
    let output = kehoach(&["ingest", &documents.display().to_string(), "--store", &store, "-q"]);
    assert!(output.status.success(), "{}", stderr(&output));
    store
}

fn id(store: &str) -> String {
    let listed: Value = serde_json::from_str(&stdout(&kehoach(&["list", "--store", store, "--format", "json"]))).expect("JSON");
    let first = listed.as_array().map_or(&listed["documents"][0], |all| &all[0]);
    first["id"].as_str().expect("an id").to_owned()
}

fn values(store: &str) -> Vec<f64> {
    let record: Value =
        serde_json::from_str(&stdout(&kehoach(&["export", "--store", store, "--format", "json", "-q"]))).expect("JSON");
    let record = record.as_array().map_or(&record, |all| &all[0]);
    record["targets"].as_array().expect("targets").iter().filter_map(|target| target["value"].as_f64()).collect()
}

#[test]
fn only_the_page_on_this_computer_is_answered() {
    let folder = Folder::new("review-gate");
    let store = store(&folder);
    let server = Server::start(&store);
    let id = id(&store);
    let (status, head, page) = server.get("");
    assert_eq!(status, 200);
    for wanted in [
        "Content-Security-Policy: default-src 'none'; script-src 'sha256-",
        "X-Frame-Options: DENY",
        "Referrer-Policy: no-referrer",
        "Cache-Control: no-store",
    ] {
        assert!(head.contains(wanted), "{wanted}: {head}");
    }
    assert!(!head.contains("Access-Control-Allow") && page.contains("<main"));
    let wish = json!({"kind": "target", "action": "remove", "key": "target:t1", "seen": []}).to_string();
    let post = |host: &str, more: &[&str], secret: &str| {
        let mut lines =
            vec![format!("POST /{secret}/document/{id}/do HTTP/1.1"), host.to_owned(), format!("Content-Length: {}", wish.len())];
        lines.extend(more.iter().map(|line| (*line).to_owned()));
        server.raw(&lines, &wish).0
    };
    let (host, json) = (server.host(), "Content-Type: application/json");
    let own = format!("Origin: http://127.0.0.1:{}", server.port);
    let other = "f".repeat(32);
    for (what, status, wanted) in [
        ("another origin", post(&host, &["Origin: https://example.org", json], &server.secret), 403),
        ("no origin", post(&host, &[json], &server.secret), 403),
        ("another host", post("Host: example.org", &[&own, json], &server.secret), 403),
        ("a form", post(&host, &[&own, "Content-Type: text/plain"], &server.secret), 415),
        ("a wrong secret", post(&host, &[&own, json], &other), 404),
        ("no secret", server.raw(&[format!("GET /document/{id} HTTP/1.1"), server.host()], "").0, 404),
        ("a path outside", server.get("../../etc/passwd").0, 404),
        ("a path outside, written otherwise", server.get("document/%2e%2e%2f%2e%2e%2fetc").0, 404),
        ("an unknown document", server.get("document/000000000000000").0, 404),
        ("preflight", server.raw(&[format!("OPTIONS /{}/documents HTTP/1.1", server.secret), server.host()], "").0, 405),
    ] {
        assert_eq!(status, wanted, "{what}");
    }
    assert_eq!(values(&store), [85.0, 60.0], "nothing was done");
    for body in [
        json!({"kind": "target", "action": "explode"}),
        json!([]),
        json!({"kind": "target", "action": "correct", "key": "target:t99"}),
    ] {
        let (status, answer) = server.post(&format!("document/{id}/do"), &body);
        assert!((400..500).contains(&status) && answer["error"].is_string(), "{body}: {status} {answer}");
    }
}

#[test]
fn what_is_saved_outlives_the_server_and_markup_is_text() {
    let folder = Folder::new("review-kill");
    let store = store(&folder);
    let id = id(&store);
    let mut server = Server::start(&store);
    let markup = "<script>alert(1)</script>\u{2028}</main>";
    let fields = json!({"indicator": markup, "value": "58,5", "comparator": "tối đa", "unit": markup, "scope": markup, "lead": markup, "due": "30/6/2025"});
    let wish = json!({"kind": "target", "action": "correct", "key": "target:t1", "seen": [], "fields": fields});
    let (status, answer) = server.post(&format!("document/{id}/do"), &wish);
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["changed"][0]["status"], json!("corrected"));
    server.child.kill().expect("killed");
    let _ = server.child.wait();
    assert_eq!(values(&store), [58.5, 60.0]);
    let again = Server::start(&store);
    let (status, _, body) = again.get(&format!("document/{id}"));
    let document = json_in(&body);
    assert_eq!(status, 200);
    assert_eq!(
        document["items"][0]["fields"]["lead"],
        json!(markup.split_whitespace().collect::<Vec<_>>().join(" ")),
        "{document}"
    );
    assert!(!again.get("").2.contains("alert(1)"), "the page itself holds nothing of it");
    // What cannot be a value is told at its field, and nothing is kept of it.
    let wrong = json!({"kind": "target", "action": "correct", "key": "target:t2", "seen": [], "fields": {"value": "nhiều", "due": "31/02/2025"}});
    let (status, answer) = again.post(&format!("document/{id}/do"), &wrong);
    assert_eq!(status, 422);
    assert_eq!(
        answer["fields"].as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>()),
        Some(vec!["due".to_owned(), "value".to_owned()])
    );
    assert_eq!(values(&store), [58.5, 60.0]);
    // Somebody else writes to the store: told, and nothing is lost.
    let busy = kehoach::store::Store::open_to_write(std::path::Path::new(&store)).expect("a store");
    let remove = json!({"kind": "target", "action": "remove", "key": "target:t2", "seen": []});
    assert_eq!(again.post(&format!("document/{id}/do"), &remove).0, 409);
    drop(busy);
    assert_eq!(again.post(&format!("document/{id}/do"), &remove).0, 200);
    assert_eq!(values(&store), [58.5]);
}

#[test]
fn the_page_holds_in_a_browser() {
    let there = |program: &str, arguments: &[&str]| {
        Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
    };
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".into());
    if !there("node", &["--version"]) || !there(&chromium, &["--version"]) {
        eprintln!("skipped: Node.js or Chromium is missing");
        return;
    }
    let folder = Folder::new("review-page");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/review.mjs");
    let mut node = Command::new("node");
    node.args([script, env!("CARGO_BIN_EXE_kehoach"), &folder.path().display().to_string()]);
    if let Some(shots) = std::env::var_os("KEHOACH_SHOTS") {
        node.arg(shots);
    }
    let output = node.output().expect("runs");
    if stderr(&output).contains("Cannot find module 'playwright-core'") {
        eprintln!("skipped: playwright-core is missing (npm; KEHOACH_NODE_MODULES names the folder node_modules)");
        return;
    }
    eprint!("{}", stdout(&output));
    assert!(output.status.success(), "{}", stderr(&output));
}
