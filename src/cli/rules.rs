//! `kehoach rules`: the catalogue of checks, and the embedded lexicons.

use std::fmt::Write;
use std::process::ExitCode;

use clap::Args;

use super::meant::did_you_mean;
use super::{complain, print};
use crate::check::{self, rules::RULES};
use crate::grammar::Rule;
use crate::lexicon::{FILES, GRAMMAR, Lexicon};

/// List the checks and the embedded lexicons; print a check's page, or a lexicon to be copied into a folder for --rules.
#[derive(Args)]
pub(super) struct Arguments {
    /// A check's code, DL001, a lexicon's file name, units.toml, or `grammar`.
    #[arg(value_name = "CODE or NAME")]
    name: Option<String>,
    /// Behind `grammar`: a rule's name, or a file of rules, time.toml.
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let Some(name) = &arguments.name else {
        let mut list = String::new();
        for rule in RULES {
            let _ = writeln!(list, "{}  {:<8} {}", rule.code, rule.severity.name(), rule.summary());
        }
        list.push('\n');
        for (file, text) in FILES {
            let entries = text.matches("[[entry]]").count();
            let about = text.lines().next().unwrap_or_default().trim_start_matches("# ");
            let _ = writeln!(list, "{file:<22}{entries:>5} entries  {about}");
        }
        return print(&list);
    };
    if name == "grammar" {
        return grammar(arguments.rule.as_deref());
    }
    if let Some(rule) = check::rule(name) {
        return print(rule.page);
    }
    match FILES.iter().find(|(file, _)| file == name || file.strip_suffix(".toml") == Some(name)) {
        Some((_, text)) => print(text),
        None => {
            let known = RULES.iter().map(|rule| rule.code).chain(FILES.iter().map(|(file, _)| *file));
            let meant = did_you_mean(name, known);
            complain(&format!("{name}: is no check and no lexicon{meant}; `kehoach rules` lists them"));
            ExitCode::from(2)
        }
    }
}

/// The rules of the grammar; one of them with its lines; a file as a whole.
fn grammar(name: Option<&str>) -> ExitCode {
    if let Some((_, text)) = GRAMMAR.iter().find(|(file, _)| Some(*file) == name) {
        return print(text);
    }
    let lexicon = match Lexicon::embedded() {
        Ok(lexicon) => lexicon,
        Err(error) => {
            complain(&error.to_string());
            return ExitCode::from(2);
        }
    };
    let mut list = String::new();
    told(lexicon.times.grammar.rules(), name, &mut list);
    told(lexicon.values.rules(), name, &mut list);
    told(lexicon.roles.rules(), name, &mut list);
    if list.is_empty() {
        complain(&format!("{}: is no rule of the grammar; `kehoach rules grammar` lists them", name.unwrap_or_default()));
        return ExitCode::from(2);
    }
    print(&list)
}

/// The rules of one file: a line for each, or one of them with its lines.
fn told<P>(rules: &[Rule<P>], name: Option<&str>, list: &mut String) {
    for rule in rules {
        if name.is_none() {
            let _ = writeln!(list, "{:<26} {:<12} {}", rule.name, rule.of, rule.reads.first().map_or("", String::as_str));
        }
        if name == Some(rule.name.as_str()) {
            let _ = writeln!(list, "{}, read as <{}>", rule.name, rule.of);
            let lines = [("pattern", &rule.patterns), ("reads", &rule.reads), ("leaves", &rule.leaves)];
            for (label, line) in lines.iter().flat_map(|(label, lines)| lines.iter().map(move |line| (label, line))) {
                let _ = writeln!(list, "  {label:<8} {line}");
            }
        }
    }
}
