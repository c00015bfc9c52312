//! What is the same for a whole folder of work: `kehoach.toml`, the environment, and the options that every command has.
//!
//! An option on the command line comes before the environment, which comes before the file, which comes before what is usual.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Deserialize;

use super::audit::Least;
use crate::report::Lang;
use crate::report::profile::Profile;

/// The file is looked for in the folder that the program is started in, then in those above it.
pub(super) const FILE: &str = "kehoach.toml";

/// The language of what is written for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Language {
    /// Tiếng Việt.
    Vi,
    /// English.
    En,
}

impl Language {
    /// The language of a report.
    pub(super) fn lang(self) -> Lang {
        if self == Self::Vi { Lang::Vi } else { Lang::En }
    }
}

/// For whom CSV is written.
#[derive(Args)]
pub(super) struct Locale {
    /// Write CSV for Excel where Windows is set to Vietnamese: ; between cells, decimal comma, dd/mm/yyyy, words instead of codes.
    #[arg(long, value_name = "vi")]
    locale: Option<Country>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Country {
    Vi,
}

impl Locale {
    /// Whether signs of a country are asked for.
    pub(super) fn is_given(&self) -> bool {
        self.locale.is_some()
    }

    /// The signs of CSV without a byte order mark unless Excel is meant.
    pub(super) fn profile(&self) -> Profile {
        if self.is_given() { Profile::for_excel() } else { Profile::plain() }
    }
}

/// When text for people has colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    Always,
    Never,
}

/// `kehoach.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Config {
    /// As --rules; from the folder of the file, as every path in it.
    pub(super) rules: Option<PathBuf>,
    /// As --store.
    pub(super) store: Option<PathBuf>,
    /// As --lang.
    pub(super) lang: Option<Language>,
    /// As --jobs.
    pub(super) jobs: Option<usize>,
    /// Added to --exclude.
    #[serde(default)]
    pub(super) exclude: Vec<String>,
    /// For `kehoach audit`.
    #[serde(default)]
    pub(super) audit: Audit,
}

/// `[audit]` of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Audit {
    /// As --select.
    #[serde(default)]
    pub(super) select: Vec<String>,
    /// Added to --ignore.
    #[serde(default)]
    pub(super) ignore: Vec<String>,
    /// As --accept.
    pub(super) accept: Option<PathBuf>,
    /// As --fail-on.
    pub(super) fail_on: Option<Least>,
}

impl Config {
    /// Reads the file that `named` names, else the nearest [`FILE`] above `start`; gives back its path too.
    ///
    /// # Errors
    /// Where it cannot be read or understood, in words.
    pub(super) fn find(named: Option<&Path>, start: &Path) -> Result<(Option<PathBuf>, Self), String> {
        let nearest = || start.ancestors().map(|folder| folder.join(FILE)).find(|path| path.is_file());
        let Some(path) = named.map(Path::to_path_buf).or_else(nearest) else { return Ok((None, Self::default())) };
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{shown}: cannot be read: {error}; check the path"))?;
        let mut config = Self::parse(&shown, &text)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for path in [&mut config.rules, &mut config.store, &mut config.audit.accept].into_iter().flatten() {
            *path = folder.join(&*path);
        }
        Ok((Some(path), config))
    }

    fn parse(shown: &str, text: &str) -> Result<Self, String> {
        toml::from_str(text.trim_start_matches('\u{FEFF}')).map_err(|error| {
            format!("{shown}: is no configuration: {error}it may have rules, store, lang, jobs, exclude and [audit] with select, ignore, accept, fail-on")
        })
    }
}

/// The settings of this run.
pub(super) struct Settings {
    pub(super) config: Config,
    pub(super) lang: Lang,
    pub(super) color: Color,
    /// Say nothing on stderr but errors.
    pub(super) quiet: bool,
}

impl Settings {
    /// The store of a command: the one that was named, else that of the environment, of the file, the usual one.
    pub(super) fn store(&self, named: Option<&Path>) -> PathBuf {
        let of_environment = || std::env::var_os("KEHOACH_STORE").filter(|value| !value.is_empty()).map(PathBuf::from);
        let usual = || PathBuf::from("plans.db");
        named.map(Path::to_path_buf).or_else(of_environment).or_else(|| self.config.store.clone()).unwrap_or_else(usual)
    }

    /// Whether what goes to stdout has colours; `terminal` says whether that is one.
    pub(super) fn colours(&self, terminal: bool) -> bool {
        match self.color {
            Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
            Color::Always => true,
            Color::Never => false,
        }
    }

    /// One of two wordings.
    pub(super) fn says(&self, vi: &'static str, en: &'static str) -> &'static str {
        if self.lang == Lang::Vi { vi } else { en }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_counts_and_its_paths_are_its_folders() {
        let folder = std::env::temp_dir().join(format!("kehoach-settings-{}", std::process::id()));
        let deep = folder.join("a/b");
        std::fs::create_dir_all(&deep).expect("a folder");
        let text = "store = \"kho/plans.db\"\nlang = \"en\"\njobs = 2\nexclude = [\"nhap/\"]\n[audit]\nignore = [\"SM\"]\naccept = \"/x.toml\"\nfail-on = \"error\"\n";
        std::fs::write(folder.join(FILE), text).expect("written");
        let (path, config) = Config::find(None, &deep).expect("a configuration");
        assert_eq!(path, Some(folder.join(FILE)));
        assert_eq!(config.store, Some(folder.join("kho/plans.db")));
        assert_eq!(config.audit.accept, Some("/x.toml".into()));
        assert!(config.lang == Some(Language::En) && config.jobs == Some(2) && config.audit.fail_on == Some(Least::Error));
        std::fs::write(folder.join("a").join(FILE), "").expect("written");
        assert_eq!(Config::find(None, &deep).expect("a configuration").1.store, None);
        let missing = Config::find(Some(&folder.join("khong-co.toml")), &deep).expect_err("no file");
        assert!(missing.contains("cannot be read"), "{missing}");
        std::fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn what_is_unknown_is_told() {
        let told = Config::parse("kehoach.toml", "[audit]\nselekt = [\"DL\"]\n").expect_err("no configuration");
        assert!(told.starts_with("kehoach.toml: is no configuration: ") && told.contains("selekt"), "{told}");
    }
}
