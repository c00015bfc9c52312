//! Reads Vietnamese government plans and reports into records whose every value is traced to its place in the source, links them, and
//! tells where they do not hold together.
//!
//! A [`Reader`] has the vocabulary and does all three:
//! ```
//! let reader = kehoach::Reader::new()?;
//! let mut records = vec![
//!     reader.read("corpus/2023-tinh-giam-ngheo.txt")?,
//!     reader.read("corpus/2023-khevang-giam-ngheo.txt")?,
//! ];
//! for target in &records[0].targets {
//!     println!("{} {} ({})", target.indicator, target.value.0, target.evidence[0].text);
//! }
//! let links = reader.link(&records);
//! assert!(links.indicators.clusters.len() > 10);
//! let findings = reader.audit(&mut records);
//! assert!(findings.found.iter().all(|finding| !finding.evidence.is_empty()));
//! # assert!(records[0].targets.len() > 10 && records[0].document.number.as_deref() == Some("21/KH-UBND"));
//! # Ok::<(), kehoach::Error>(())
//! ```
//!
//! A text that is no file, and what is read from it:
//! ```
//! let reader = kehoach::Reader::new()?;
//! let text = "KẾ HOẠCH\nGiảm nghèo năm 2025\nI. MỤC TIÊU\n- Tỷ lệ hộ nghèo còn dưới 3%.\n";
//! let record = reader.read_bytes("plan.txt", text.into())?;
//! assert_eq!(record.targets[0].indicator, "Tỷ lệ hộ nghèo");
//! assert_eq!(record.targets[0].value.0, 3.0);
//! # Ok::<(), kehoach::Error>(())
//! ```
//!
//! What a text does not say is null; what cannot be read is a diagnostic; nothing is guessed. The same bytes and rules give the same
//! record. ARCHITECTURE.md has the stages and what holds of each; their modules are there for the program, the Python package and the
//! tests, are not in this documentation, and change without notice.
//!
//! # Features
//! Text, PDF, DOCX and workbooks are read without any. `html` reads web pages, `ocr` scans (with Tesseract), `store` keeps records in one
//! SQLite file, `xlsx` and `parquet` write tables, `cli` is the program; `cli` and `ocr` are on by default.

#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod words;
pub mod record;
#[doc(hidden)]
pub mod grammar;
#[doc(hidden)]
pub mod lexicon;
#[doc(hidden)]
pub mod agency;
#[doc(hidden)]
pub mod ingest;
#[doc(hidden)]
pub mod marker;
#[doc(hidden)]
pub mod normalize;
#[doc(hidden)]
pub mod paper;
#[doc(hidden)]
pub mod structure;
#[doc(hidden)]
pub mod extract;
#[doc(hidden)]
pub mod link;
#[doc(hidden)]
pub mod corrections;
#[cfg(feature = "store")]
#[doc(hidden)]
pub mod store;
#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod verify;
#[doc(hidden)]
pub mod pipeline;
#[doc(hidden)]
pub mod eval;
#[cfg(feature = "store")]
#[doc(hidden)]
pub mod review;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod reader;

pub use check::{Finding, Findings, Severity, Side};
pub use link::Collection;
pub use reader::{Error, Reader};
pub use record::Record;
