//! What others build on: files and texts → records, links, findings, with one vocabulary.

use std::path::Path;

use thiserror::Error;

use crate::check::{self, Findings, Known, rules::RULES};
use crate::ingest::{self, IngestError};
use crate::lexicon::linking::LinkLexicon;
use crate::lexicon::{Lexicon, LexiconError};
use crate::link::Collection;
use crate::pipeline;
use crate::record::Record;

/// Why something could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or a text.
    #[error(transparent)]
    Document(#[from] IngestError),
    /// The rules.
    #[error(transparent)]
    Rules(#[from] LexiconError),
}

impl Error {
    /// A stable name for tools, of a document: `unopened`, `encrypted`, `empty` …; `rules` where the rules are broken.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Document(error) => error.reason.code(),
            Self::Rules(_) => "rules",
        }
    }
}

/// Reads documents, links and audits them. It is made once, which takes a tenth of a second, and shared between threads.
pub struct Reader {
    lexicon: Lexicon,
    words: LinkLexicon,
}

impl Reader {
    /// With the vocabulary that the program has.
    ///
    /// # Errors
    /// None that a release has: its tests rule them out.
    pub fn new() -> Result<Self, Error> {
        Ok(Self { lexicon: Lexicon::embedded()?, words: LinkLexicon::embedded()? })
    }

    /// With the lexicons of a folder laid over those that the program has.
    ///
    /// # Errors
    /// Where a file of the folder is broken.
    pub fn with_rules(folder: impl AsRef<Path>) -> Result<Self, Error> {
        let folder = folder.as_ref();
        Ok(Self { lexicon: Lexicon::with_rules(folder)?, words: LinkLexicon::with_rules(folder)? })
    }

    /// The record of a file of any format. It is read in this process, without limits of time and memory: a file that was made to do harm can
    /// end it.
    ///
    /// # Errors
    /// Where the file cannot be read; after that nothing fails.
    pub fn read(&self, path: impl AsRef<Path>) -> Result<Record, Error> {
        Ok(pipeline::read_file(path.as_ref(), &self.lexicon)?)
    }

    /// The record of a file's content; `name` is what it is called.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_bytes(&self, name: &str, bytes: Vec<u8>) -> Result<Record, Error> {
        Ok(pipeline::read(&ingest::decode(name, bytes)?, &self.lexicon))
    }

    /// Which targets measure the same, which document is above which, and why.
    #[must_use]
    pub fn link(&self, records: &[Record]) -> Collection {
        Collection::link(records, &self.words)
    }

    /// What does not hold together in records and between them. They are linked for that, and their targets get the identifiers of their
    /// indicators.
    pub fn audit(&self, records: &mut [Record]) -> Findings {
        let collection = self.link(records);
        collection.apply(records);
        check::audit(records, RULES, Known { lexicon: &self.lexicon, words: &self.words, collection: &collection })
    }
}
