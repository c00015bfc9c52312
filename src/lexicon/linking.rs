//! The vocabulary of linking: what is one word for another, what may be left out, what tells two indicators apart, the
//! registry of indicators, agencies with their renamings.
//!
//! It is read apart from the [`Lexicon`](super::Lexicon), because reading a document needs none of it. The map of
//! administrative units is read when it is first asked for.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use serde::Deserialize;

use super::{Entry, Layers, LexiconError, TypeEntry, UnitEntry, UnitKind, WordEntry, layers_of};
use crate::record::{Direction, Level};
use crate::words::{Phrases, Vocabulary, WordId};

/// What a word adds to what an indicator measures (`fillers.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FillerKind {
    /// `được`, `của`: nothing, anywhere.
    Anywhere,
    /// `phấn đấu`, `nâng`: nothing, before the rest.
    Leading,
    /// `tỷ lệ`: that it is a share, which the unit tells too.
    Share,
    /// `số`: that it is a count, which the unit tells too.
    Number,
    /// `nhằm`, `để phục vụ`: what follows says what for.
    Purpose,
    /// `trên địa bàn`, `của`: before a unit of the document's own.
    Within,
    /// `tỉnh`, `huyện`: a word of an administrative unit.
    Unit,
    /// `thôn`, `bản`: a word of a place below the commune, which only its name makes one.
    Hamlet,
    /// `các`, `cấp`: before a word of an administrative unit, it means every one of them.
    Every,
    /// `diện tích`, `bình quân`: how something is measured, and not what; alone it is no indicator.
    Measure,
    /// `mức giảm`: at the beginning, that the value is the size of a decrease.
    Decrease,
    /// `cả`: before how many criteria follow, or before `về`, nothing.
    All,
    /// `tiêu chí`: behind `cả 3`, what is listed next.
    Criterion,
}

/// What a document of a type is to one that rests on it (`document-types.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It sets work to be done: a plan, a directive.
    Directs,
    /// It is law for all: a decree.
    Law,
}

/// In what two indicators differ (`contrasts.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContrastKind {
    /// Of whom or of what it is a share: `dân số trưởng thành`, `thuê bao`.
    Base,
    /// For which group: `dân tộc thiểu số`, `nữ`.
    Group,
    /// At which level: `cấp xã`, `tiểu học`.
    Level,
    /// At which degree of a service: `toàn trình`, `một phần`.
    Degree,
    /// In what stage: `tiếp nhận`, `giải quyết`.
    Stage,
    /// What is denied: `không`, `quá hạn`.
    Negation,
    /// Where: `đô thị`, `nông thôn`.
    Place,
}

/// An indicator that documents share (`indicators.toml`).
#[derive(Clone, Debug, PartialEq)]
pub struct RegisteredIndicator {
    /// Stable identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Other wordings.
    pub aliases: Vec<String>,
    /// Words that may stand with it and change nothing.
    pub optional: Vec<String>,
    /// Its unit: `%`.
    pub unit: Option<String>,
    /// Which direction is good.
    pub direction: Option<Direction>,
    /// Where it is defined.
    pub source: String,
}

/// The names of all agencies, for whoever looks for them in text.
pub(super) fn agency_names(layers: &Layers, vocabulary: &mut Vocabulary) -> Result<Phrases<()>, LexiconError> {
    let mut names = Phrases::default();
    for entry in layers.entries::<AgencyEntry>()? {
        for form in std::iter::once(&entry.name).chain(&entry.aliases) {
            names.add(&vocabulary.phrase(form), ());
        }
    }
    Ok(names)
}

/// An agency (`agencies.toml`); from a day, until a day, into another.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RegisteredAgency {
    /// Stable identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Its level: central, department, district.
    pub level: Level,
    /// The first day that it had this name; null where it is older than the documents.
    pub from: Option<String>,
    /// The last day that it had this name; null where it still has it.
    pub until: Option<String>,
    /// What it became.
    pub successors: Vec<String>,
    /// Where that is laid down.
    pub source: String,
    /// Other spellings.
    #[serde(skip)]
    pub aliases: Vec<String>,
}

entry!(FillerEntry { kinds: Vec<FillerKind> });
entry!(ContrastEntry { kind: Option<ContrastKind> });
entry!(DimensionEntry { units: Vec<String>, heads: Vec<String> });
entry!(AbbreviationEntry { long: Option<String> });
entry!(IndicatorEntry { id: Option<String>, optional: Vec<String>, unit: Option<String>, direction: Option<Direction> });
entry!(AgencyEntry { id: Option<String>, level: Option<Level>, from: Option<String>, until: Option<String>, successors: Vec<String> });

/// A name to be compared: folded, with `&` and the marks that names are written with or without as spaces.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let spaced: String = crate::words::fold(name).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All of the vocabulary of linking, ready for look-up.
#[derive(Debug, Default)]
pub struct LinkLexicon {
    /// The numbers of all words below.
    pub vocabulary: Vocabulary,
    /// `abbreviations.toml`; the value is the long form.
    pub abbreviations: Phrases<String>,
    /// `terms.toml`; the value is the index into [`LinkLexicon::canonical`].
    pub terms: Phrases<usize>,
    /// The one wording of each term.
    pub canonical: Vec<String>,
    /// Terms of three words and more without their diacritics, to see slips of the pen.
    pub bare_terms: Phrases<usize>,
    /// The words of [`LinkLexicon::bare_terms`].
    pub bare_vocabulary: Vocabulary,
    /// `fillers.toml`.
    pub fillers: Phrases<Vec<FillerKind>>,
    /// `contrasts.toml`.
    pub contrasts: Phrases<ContrastKind>,
    /// `units.toml`.
    pub units: Phrases<UnitKind>,
    /// `dimensions.toml`: units of measure; the value is the entry's place.
    pub dimensions: Phrases<u8>,
    /// `dimensions.toml`: words that only name the dimension; the values are the entries' places.
    pub heads: Phrases<Vec<u8>>,
    /// `offices.toml`.
    pub offices: Phrases<()>,
    /// `document-types.toml`: letters of a symbol → name of the type.
    pub types: BTreeMap<String, String>,
    /// `document-types.toml`: name of the type → what it is to a document that rests on one; a type that stands above none is left out.
    pub standings: BTreeMap<String, Standing>,
    /// `document-types.toml`: names of the types that are plans.
    pub plans: Vec<String>,
    /// `indicators.toml`.
    pub indicators: Vec<RegisteredIndicator>,
    /// `agencies.toml`.
    pub agencies: Vec<RegisteredAgency>,
    /// All names and aliases of agencies, as [`plain_name`] writes them, by their first word; with the agency's place.
    pub agency_forms: BTreeMap<String, Vec<(String, usize)>>,
    places: OnceLock<crate::lexicon::places::Places>,
}

impl LinkLexicon {
    /// The embedded vocabulary.
    ///
    /// # Errors
    /// Where an embedded file is broken, which the tests rule out.
    pub fn embedded() -> Result<Self, LexiconError> {
        Self::read(None)
    }

    /// The embedded vocabulary with that of `folder/lexicons` laid over it.
    ///
    /// # Errors
    /// Where a file cannot be read, is not what its lexicon asks for, or claims a spelling twice.
    pub fn with_rules(folder: &Path) -> Result<Self, LexiconError> {
        Self::read(Some(folder))
    }

    /// Whether a text has only words that say nothing of what is measured: `tỉnh giao`, `được giao`.
    #[must_use]
    pub fn adds_nothing(&self, text: &str) -> bool {
        let mut tokens = Vec::new();
        self.vocabulary.cut(text, 0, &mut tokens);
        let mut at = 0;
        while at < tokens.len() {
            let filler = self.fillers.at(&tokens, at).filter(|(_, kinds)| kinds.contains(&FillerKind::Anywhere));
            match filler {
                Some((length, _)) => at += length,
                None if tokens[at].is_word() || tokens[at].is_number() => return false,
                None => at += 1,
            }
        }
        true
    }

    /// The map of administrative units, read when it is first asked for.
    #[must_use]
    pub fn places(&self) -> &crate::lexicon::places::Places {
        self.places.get_or_init(crate::lexicon::places::Places::embedded)
    }

    fn read(folder: Option<&Path>) -> Result<Self, LexiconError> {
        let layers = |file| layers_of(folder, file);
        let mut lexicon = Self::default();
        lexicon.read_abbreviations(&layers("abbreviations.toml")?)?;
        lexicon.read_terms(&layers("terms.toml")?)?;
        lexicon.read_fillers(&layers("fillers.toml")?)?;
        let words = &mut lexicon.vocabulary;
        lexicon.contrasts = layers("contrasts.toml")?.phrases(words, |entry: &ContrastEntry| entry.kind)?;
        lexicon.units = layers("units.toml")?.phrases(words, |entry: &UnitEntry| entry.kind)?;
        lexicon.offices = layers("offices.toml")?.phrases(words, |_: &WordEntry| Some(()))?;
        lexicon.read_dimensions(&layers("dimensions.toml")?)?;
        for entry in layers("document-types.toml")?.entries::<TypeEntry>()? {
            lexicon.types.extend(entry.codes.iter().map(|code| (code.clone(), entry.name.clone())));
            if entry.record == Some(super::RecordKind::Plan) {
                lexicon.plans.push(entry.name.clone());
            }
            lexicon.standings.extend(entry.standing.map(|standing| (entry.name.clone(), standing)));
        }
        lexicon.read_indicators(&layers("indicators.toml")?)?;
        lexicon.read_agencies(&layers("agencies.toml")?)?;
        Ok(lexicon)
    }

    fn read_abbreviations(&mut self, layers: &Layers) -> Result<(), LexiconError> {
        let mut owners = BTreeMap::new();
        for entry in layers.entries::<AbbreviationEntry>()? {
            let long = entry.long.clone().ok_or_else(|| layers.lacks(&entry.name, "long"))?;
            layers.add(&entry, &long, &mut self.vocabulary, &mut self.abbreviations, &mut owners)?;
        }
        Ok(())
    }

    fn read_terms(&mut self, layers: &Layers) -> Result<(), LexiconError> {
        let mut owners = BTreeMap::new();
        for entry in layers.entries::<WordEntry>()? {
            let index = self.canonical.len();
            layers.add(&entry, &index, &mut self.vocabulary, &mut self.terms, &mut owners)?;
            for form in std::iter::once(&entry.name).chain(&entry.aliases) {
                let words: Vec<WordId> = self.bare_vocabulary.phrase(&crate::words::without_marks(form));
                if words.len() >= 3 {
                    self.bare_terms.add(&words, index);
                }
            }
            self.canonical.push(entry.name);
        }
        Ok(())
    }

    fn read_fillers(&mut self, layers: &Layers) -> Result<(), LexiconError> {
        let mut owners = BTreeMap::new();
        for entry in layers.entries::<FillerEntry>()? {
            if entry.kinds.is_empty() {
                return Err(layers.lacks(&entry.name, "kinds"));
            }
            layers.add(&entry, &entry.kinds, &mut self.vocabulary, &mut self.fillers, &mut owners)?;
        }
        Ok(())
    }

    fn read_dimensions(&mut self, layers: &Layers) -> Result<(), LexiconError> {
        let mut heads: BTreeMap<Vec<WordId>, Vec<u8>> = BTreeMap::new();
        for (place, entry) in layers.entries::<DimensionEntry>()?.into_iter().enumerate() {
            let place = u8::try_from(place).unwrap_or(u8::MAX);
            for unit in &entry.units {
                let words = self.vocabulary.phrase(unit);
                self.dimensions.add(&words, place);
            }
            for head in &entry.heads {
                heads.entry(self.vocabulary.phrase(head)).or_default().push(place);
            }
        }
        for (words, places) in heads {
            self.heads.add(&words, places);
        }
        Ok(())
    }

    fn read_indicators(&mut self, layers: &Layers) -> Result<(), LexiconError> {
        for entry in layers.entries::<IndicatorEntry>()? {
            let id = entry.id.ok_or_else(|| layers.lacks(&entry.name, "id"))?;
            if let Some(first) = self.indicators.iter().find(|known| known.id == id) {
                return Err(LexiconError::Ambiguous {
                    file: layers.file.into(),
                    form: id,
                    first: first.name.clone(),
                    second: entry.name,
                });
            }
            self.indicators.push(RegisteredIndicator {
                id,
                name: entry.name,
                aliases: entry.aliases,
                optional: entry.optional,
                unit: entry.unit,
                direction: entry.direction,
                source: entry.source,
            });
        }
        Ok(())
    }

    fn read_agencies(&mut self, layers: &Layers) -> Result<(), LexiconError> {
        for entry in layers.entries::<AgencyEntry>()? {
            let id = entry.id.ok_or_else(|| layers.lacks(&entry.name, "id"))?;
            let level = entry.level.ok_or_else(|| layers.lacks(&entry.name, "level"))?;
            self.agencies.push(RegisteredAgency {
                id,
                name: entry.name,
                level,
                from: entry.from,
                until: entry.until,
                successors: entry.successors,
                source: entry.source,
                aliases: entry.aliases,
            });
        }
        for (at, agency) in self.agencies.iter().enumerate() {
            for form in std::iter::once(&agency.name).chain(&agency.aliases) {
                let form = plain_name(form);
                let first = form.split(' ').next().unwrap_or_default().to_owned();
                self.agency_forms.entry(first).or_default().push((form, at));
            }
            if let Some(lost) = agency.successors.iter().find(|id| !self.agencies.iter().any(|known| known.id == **id)) {
                return Err(LexiconError::Syntax {
                    file: layers.file.into(),
                    reason: format!("`{}` has the successor `{lost}`, which no entry has as its id", agency.name),
                });
            }
        }
        Ok(())
    }
}
