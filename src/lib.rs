//! Reads Vietnamese government plans and reports into records whose every value is traced to its place in the source.
//!
//! # The way of the data
//! ```text
//! bytes ─ingest→ Source ─normalize→ Lines ─paper→ Papers ─structure→ Document ─extract→ Record
//! ```
//!
//! | stage | from → to | promises |
//! |---|---|---|
//! | [`ingest`] | bytes → [`Source`](ingest::Source) | the text of a file of any format, decoded and in reading order, with its pages; all that can go wrong with a file goes wrong here |
//! | [`normalize`](mod@normalize) | text → [`Lines`](normalize::Lines) | composed letters, plain spaces, markup taken for what it is |
//! | [`paper`] | lines → [`Papers`](paper::Papers) | which papers a file holds, told by heads and feet before anything is read |
//! | [`structure`] | lines and papers → [`Document`](structure::Document) | head, title, section tree, tables, footnotes, signature, annexes; wrapped lines joined |
//! | [`extract`] | document → [`Record`](record::Record) | targets, tasks, deadlines, references, facts, sums, ratios, each with its evidence |
//! | [`link`] | records → [`Collection`](link::Collection) | who is who, which indicator is it, which document is above which; every link says why |
//! | [`corrections`] | a record and what people put right → the record with it | nothing is written over; what no longer fits is told |
//! | [`store`] | records ⇄ one SQLite file | nothing half-written, nothing read twice, the same whatever interrupted it; full text |
//! | [`check`] | records → [`Findings`](check::Findings) | what does not hold together, every side quoted |
//! | [`report`] | findings and records → text, pages, sheets, calendars, data | one form a file; decides nothing |
//! | [`verify`](mod@verify) | what somebody else has read, and a record → verdicts | what the ledger calls unread is undecided, never wrong |
//!
//! Beneath them lie [`text`] (text with the way back to the source), [`words`] (words ready to be compared), [`lexicon`]
//! (the vocabulary, which is data under `rules/`), [`record`] (what is read) and [`agency`] (names of bodies).
//! [`pipeline`] calls the stages; [`review`] serves a store to the person who puts it right; [`eval`] compares records with annotations; [`cli`] is the command line.
//!
//! # Invariants
//! A stage uses only what lies before it. After [`ingest`] nothing fails: what cannot be read is null, a diagnostic, or
//! stays out; nothing is guessed. Evidence is recorded while the text is rewritten and never searched for later. The
//! same bytes and rules give the same record. No name of a place, an agency or an indicator stands in code.
//!
//! # Examples
//! The record of a file, of any format, is three lines away:
//! ```
//! let lexicon = kehoach::lexicon::Lexicon::embedded()?;
//! let record = kehoach::pipeline::read_file("corpus/2023-tinh-giam-ngheo.txt".as_ref(), &lexicon)?;
//! let targets = record.targets.iter().map(|target| (&target.indicator, target.value.0, &target.evidence[0].text));
//! # assert!(targets.len() > 10 && record.document.number.as_deref() == Some("21/KH-UBND"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A text that is no file, and what is read from it:
//! ```
//! let lexicon = kehoach::lexicon::Lexicon::embedded()?;
//! let text = "KẾ HOẠCH\nGiảm nghèo năm 2025\nI. MỤC TIÊU\n- Tỷ lệ hộ nghèo còn dưới 3%.\n";
//! let source = kehoach::ingest::decode("plan.txt", text.into())?;
//! let record = kehoach::pipeline::read(&source, &lexicon);
//! assert_eq!(record.targets[0].indicator, "Tỷ lệ hộ nghèo");
//! assert_eq!(record.targets[0].value.0, 3.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod text;
pub mod words;
pub mod record;
pub mod grammar;
pub mod lexicon;
pub mod agency;
pub mod ingest;
pub mod marker;
pub mod normalize;
pub mod paper;
pub mod structure;
pub mod extract;
pub mod link;
pub mod corrections;
pub mod store;
pub mod check;
pub mod report;
pub mod verify;
pub mod pipeline;
pub mod eval;
pub mod review;
pub mod cli;
