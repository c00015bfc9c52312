//! The lexicons as data: NFC, sorted, sourced, one spelling for one entry.

use std::collections::BTreeMap;

use kehoach::lexicon::{FILES, Lexicon};
use unicode_normalization::is_nfc;

#[test]
fn every_lexicon_is_read_and_sound() {
    Lexicon::embedded().expect("the embedded lexicons are strict TOML, and no spelling is claimed twice");
}

#[test]
fn every_file_of_the_folder_is_embedded() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/lexicons");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("rules/lexicons")
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, FILES.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>());
}

#[test]
fn entries_are_nfc_sorted_and_sourced() {
    for (file, text) in FILES {
        assert!(is_nfc(text), "{file}: not NFC");
        let parsed: toml::Table = text.parse().expect("TOML");
        let sources = parsed["sources"].as_table().expect("[sources]");
        let entries = parsed["entry"].as_array().expect("[[entry]]");
        let names: Vec<&str> = entries.iter().map(|entry| entry["name"].as_str().expect("a name")).collect();
        assert!(
            names.windows(2).all(|two| two[0] < two[1]),
            "{file}: not sorted by name: {:?}",
            names.windows(2).find(|two| two[0] >= two[1])
        );
        let mut used: BTreeMap<&str, usize> = sources.keys().map(|key| (key.as_str(), 0)).collect();
        for entry in entries {
            let source = entry["source"].as_str().expect("a source");
            *used.get_mut(source).unwrap_or_else(|| panic!("{file}: {entry}: unknown source")) += 1;
        }
        let idle: Vec<_> = used.iter().filter(|(_, count)| **count == 0).map(|(key, _)| *key).collect();
        assert!(idle.len() < sources.len(), "{file}: no source is used");
    }
}

#[test]
fn a_folder_of_rules_is_laid_over_the_embedded_ones() {
    let folder = std::env::temp_dir().join(format!("kehoach-rules-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("lexicons")).expect("a folder");
    let entry = "[sources]\nown = \"our own usage\"\n\n[[entry]]\nname = \"thúng\"\nkind = \"count\"\nsource = \"own\"\n";
    std::fs::write(folder.join("lexicons/units.toml"), entry).expect("a file");
    let read = |lexicon: &Lexicon| {
        let text = "KẾ HOẠCH\nNăm 2025\nI. MỤC TIÊU\n- Thu gom tối thiểu 12 thúng thóc giống.\n";
        let source = kehoach::ingest::decode("t", text.into()).expect("text");
        kehoach::pipeline::read(&source, lexicon).targets[0].unit.clone()
    };
    let laid = read(&Lexicon::with_rules(&folder).expect("rules"));
    let broken = "[sources]\n[[entry]]\nname = \"x\"\nkind = \"count\"\nsource = \"nowhere\"\n";
    std::fs::write(folder.join("lexicons/units.toml"), broken).expect("a file");
    let message = Lexicon::with_rules(&folder).expect_err("an unknown source").to_string();
    std::fs::remove_dir_all(&folder).expect("removed");
    assert_eq!(laid.as_deref(), Some("thúng"));
    assert!(message.contains("units.toml") && message.contains("`x` names the source `nowhere`"), "{message}");
}
