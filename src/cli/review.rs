//! `kehoach review`: a page on this computer on which a person puts a store right.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use clap::Args;
use tiny_http::{Header, Response, Server};

use super::store::told;
use super::{Context, complain};
use crate::ingest::shown::Wanted;
use crate::report::Lang;
use crate::review::gate::{self, LONGEST};
use crate::review::sheets::Sheets;
use crate::review::{Answer, Body, Reply, Review, page};
use crate::store::Store;

/// Put right what was read: the documents of a store in the browser, with everything that was read marked in their text.
///
/// The page is served on 127.0.0.1 alone, at an address with a secret that is printed and opened in the browser; nothing leaves this computer.
/// Each correction is in the store when the page says so. It stands apart from what was read, and is put on again when a document is read anew
/// (kehoach corrections). Several people may review one store; what two say of one item without seeing each other's is shown as a conflict. Ends
/// with Ctrl+C, or after an hour in which nothing was asked.
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach review --store plans.db
  kehoach review --store plans.db 3f2a 91c0 --who 'Nguyễn An'")]
pub(super) struct Arguments {
    /// Documents by the beginning of their ids (kehoach list); none: all.
    #[arg(value_name = "ID")]
    ids: Vec<String>,

    #[command(flatten)]
    store: super::store::StoreFile,

    /// Who reviews; the name of the account unless given.
    #[arg(long, value_name = "NAME")]
    who: Option<String>,

    /// The port; any that is free unless given.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,

    /// Print the address and open no browser.
    #[arg(long)]
    no_open: bool,
}

/// After so long without a request of a person the program ends.
const REST: Duration = Duration::from_secs(3600);
/// How often that is looked at.
const PAUSE: Duration = Duration::from_secs(5);

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    match serve(arguments, context) {
        Ok(code) | Err(code) => code,
    }
}

fn serve(arguments: &Arguments, context: &Context) -> Result<ExitCode, ExitCode> {
    let refused = |message: String| {
        complain(&message);
        ExitCode::from(super::exit::WRONG)
    };
    let path: PathBuf = arguments.store.path(&context.settings);
    let store = told(Store::open(&path))?;
    let documents = arguments.ids.iter().map(|id| told(store.find(id))).collect::<Result<Vec<i64>, ExitCode>>()?;
    drop(store);
    let account =
        || ["USER", "USERNAME", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok().filter(|name| !name.is_empty()));
    let who = arguments.who.clone().or_else(account).unwrap_or_else(|| "?".into());
    let mut review = told(Review::new(path, who, &context.lexicon, context.settings.lang == Lang::En, &documents))?;
    let server = Server::http(("127.0.0.1", arguments.port))
        .map_err(|error| refused(format!("127.0.0.1:{}: cannot be served: {error}; name another --port", arguments.port)))?;
    let port = server.server_addr().to_ip().map(|address| address.port()).unwrap_or_default();
    let secret = secret().map_err(refused)?;
    let address = format!("http://127.0.0.1:{port}/{secret}/");
    // The address is the result: a program that calls this one reads it.
    let printed = super::print_raw(&format!("{address}\n"));
    if printed != ExitCode::SUCCESS {
        return Err(printed);
    }
    if !context.settings.quiet {
        complain("Ctrl+C ends the review; everything that the page calls saved is in the store");
    }
    if !arguments.no_open {
        open(&address);
    }
    let sheets = Sheets::default();
    // Pages are drawn beside: a key is answered meanwhile.
    std::thread::scope(|beside| {
        let mut last = Instant::now();
        while last.elapsed() < REST {
            let mut request = match server.recv_timeout(PAUSE) {
                Ok(Some(request)) => request,
                Ok(None) => continue,
                Err(error) => return Err(refused(format!("the page can be served no more: {error}; run it again"))),
            };
            let (answer, by_person) = answer(&mut review, &mut request, port, &secret);
            if by_person {
                last = Instant::now();
            }
            match answer {
                Answer::Reply(reply) => respond(request, reply),
                Answer::Sheet(sheet) => {
                    let sheets = &sheets;
                    let show = |path: &Path, wanted: &Wanted| context.shown(path, wanted);
                    beside.spawn(move || respond(request, sheets.answer(&sheet, &show)));
                }
            }
        }
        Ok(())
    })?;
    if !context.settings.quiet {
        complain("ended, since nothing was asked for an hour");
    }
    Ok(ExitCode::SUCCESS)
}

/// The answer to a request; whether a person has asked, and not the page by itself.
fn answer(review: &mut Review, request: &mut tiny_http::Request, port: u16, secret: &str) -> (Answer, bool) {
    let refused = |status| Answer::Reply(Reply { status, body: Vec::new(), is: Body::Json });
    let headers: Vec<(String, String)> =
        request.headers().iter().map(|header| (header.field.as_str().to_string(), header.value.to_string())).collect();
    let (method, url) = (request.method().to_string(), request.url().to_owned());
    let asked = gate::Request { method: &method, url: &url, headers: &headers, length: request.body_length() };
    match gate::pass(&asked, port, secret) {
        Err(status) => (refused(status), false),
        Ok(route) => {
            let mut body = Vec::new();
            let read = request.as_reader().take(LONGEST as u64).read_to_end(&mut body);
            let reply = match read {
                Ok(_) => review.answer(method == "POST", route, &body),
                Err(_) => refused(400),
            };
            (reply, route != "stamp")
        }
    }
}

fn respond(request: tiny_http::Request, reply: Reply) {
    let kind = match reply.is {
        Body::Page => "text/html; charset=utf-8",
        Body::Picture => "image/jpeg",
        Body::Json => "application/json; charset=utf-8",
    };
    let policy =
        if reply.is == Body::Page { page::policy() } else { "default-src 'none'; frame-ancestors 'none'; sandbox".into() };
    let fields = [
        ("Content-Type", kind),
        ("Content-Security-Policy", &policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ];
    // The length is known: nothing goes in chunks.
    let mut response = Response::from_data(reply.body).with_status_code(reply.status).with_chunked_threshold(usize::MAX);
    for (name, value) in fields {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // Who has gone away needs no answer.
    let _ = request.respond(response);
}

/// 128 bits that nobody can guess, as letters and digits.
fn secret() -> Result<String, String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| format!("the system gives no random numbers for the address: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Opens the address in the browser; where there is none, it stands in the terminal.
fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "windows") {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let started = Command::new(program)
        .args(arguments)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if started.is_err() {
        let _ = writeln!(std::io::stderr(), "kehoach: no browser was found; open the address in one");
    }
}
