//! DOC, RTF and ODT, through LibreOffice: it makes a DOCX, which [`super::docx`] reads.
//!
//! One LibreOffice at a time, with a profile of its own that runs no macros and fetches
//! nothing, in a private temporary folder that is removed, within a time limit.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use super::Reason;
use super::detect::name_of;
use super::folder::Folder;
use super::process;
use crate::record::Format;

/// How long a conversion may take.
pub(super) const LONGEST: Duration = Duration::from_secs(120);
/// The largest DOCX that is taken back.
const LARGEST: u64 = 256 * 1024 * 1024;

/// One LibreOffice at a time: several need several hundred megabytes each.
static TURN: Mutex<()> = Mutex::new(());

/// What the profile says: no macros, no links followed, no first start dialogue.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"#;

/// Converts a document to the bytes of a DOCX.
pub(super) fn to_docx(bytes: &[u8], format: Format) -> Result<Vec<u8>, Reason> {
    let name = name_of(format);
    let Some(program) = find() else { return Err(Reason::NeedsLibreOffice(name)) };
    convert(&program, bytes, extension(format), LONGEST).map_err(|detail| Reason::OfficeFailed(name, detail))
}

fn extension(format: Format) -> &'static str {
    match format {
        Format::Rtf => "rtf",
        Format::Odt => "odt",
        _ => "doc",
    }
}

/// Where LibreOffice is: `KEHOACH_SOFFICE`, the search path, the usual places. `KEHOACH_SOFFICE=none` says that there is none.
fn find() -> Option<PathBuf> {
    const PLACES: [&str; 6] = [
        "/usr/lib/libreoffice/program/soffice",
        "/opt/libreoffice/program/soffice",
        "/usr/local/bin/soffice",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
        "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.exe",
    ];
    if let Some(told) = std::env::var_os("KEHOACH_SOFFICE") {
        return Some(PathBuf::from(told)).filter(|path| path.is_file());
    }
    let names = ["soffice", "libreoffice", "soffice.exe"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let searched = std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    searched.chain(PLACES.iter().map(PathBuf::from)).find(|path| path.is_file())
}

fn convert(program: &Path, bytes: &[u8], extension: &str, limit: Duration) -> Result<Vec<u8>, String> {
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let failed = |what: &str, error: io::Error| format!("{what}: {error}");
    let folder = Folder::new().map_err(|error| failed("no temporary folder", error))?;
    let input = folder.path().join(format!("document.{extension}"));
    let output = folder.path().join("out");
    let profile = folder.path().join("profile");
    fs::create_dir_all(profile.join("user")).map_err(|error| failed("no profile", error))?;
    fs::write(profile.join("user").join("registrymodifications.xcu"), SETTINGS).map_err(|error| failed("no profile", error))?;
    fs::write(&input, bytes).map_err(|error| failed("no copy", error))?;
    let options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx:MS Word 2007 XML"];
    let mut arguments: Vec<OsString> = options.map(OsString::from).into();
    arguments.push(format!("-env:UserInstallation={}", url(&profile)).into());
    arguments.extend(["--outdir".into(), output.clone().into_os_string(), input.into_os_string()]);
    let status = process::wait(&mut process::start_guarded(program, &arguments, folder.path())?, limit)?;
    let made = output.join("document.docx");
    match fs::metadata(&made) {
        Ok(metadata) if metadata.len() > LARGEST => Err(format!("it made {} bytes of it", metadata.len())),
        Ok(_) => fs::read(&made).map_err(|error| failed("its output", error)),
        Err(_) => Err(format!("it made no document of it ({status})")),
    }
}

/// A path as a `file:` address.
fn url(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut out = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b':' | b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(all(test, unix))]
mod tests {
    use std::time::Instant;

    use super::*;

    fn script(body: &str) -> (Folder, PathBuf) {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new().expect("folder");
        let path = folder.path().join("soffice");
        fs::write(&path, format!("#!/bin/sh\n{body}\n")).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("mode");
        (folder, path)
    }

    #[test]
    fn a_converter_that_hangs_is_ended() {
        let (_folder, program) = script("sleep 60 & sleep 60");
        let start = Instant::now();
        let error = convert(&program, b"x", "doc", Duration::from_millis(300)).expect_err("ended");
        assert!(error.contains("was ended"), "{error}");
        assert!(start.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn a_converter_that_makes_nothing_is_told() {
        let (_folder, program) = script("exit 3");
        let error = convert(&program, b"x", "doc", Duration::from_secs(20)).expect_err("nothing");
        assert!(error.contains("made no document") && error.contains('3'), "{error}");
    }

    #[test]
    fn paths_are_addresses() {
        assert_eq!(url(Path::new("/tmp/kế hoạch")), "file:///tmp/k%E1%BA%BF%20ho%E1%BA%A1ch");
    }
}
