//! Speed of the whole text pipeline and of each stage, in MB/s and documents/s on one core, and how it grows with the
//! length of a document.
//!
//! `cargo bench --bench pipeline`. The material is `corpus/*.txt`; `long` is one document whose body is repeated.

use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use kehoach::ingest::{self, Source};
use kehoach::lexicon::Lexicon;
use kehoach::{extract, normalize, pipeline, structure};

fn main() {
    divan::main();
}

fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("corpus/").filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("a corpus file")).collect()
}

fn sources() -> Vec<Source> {
    corpus().into_iter().map(|bytes| ingest::decode("corpus", bytes).expect("text")).collect()
}

fn size(sources: &[Source]) -> usize {
    sources.iter().map(|source| source.text.as_str().len()).sum()
}

#[divan::bench]
fn whole(bencher: Bencher) {
    let (lexicon, documents) = (Lexicon::embedded().expect("lexicons"), corpus());
    let bytes: usize = documents.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(documents.len())).bench_local(|| {
        for document in &documents {
            let source = ingest::decode("corpus", document.clone()).expect("text");
            let record = pipeline::read(&source, &lexicon);
            divan::black_box(serde_json::to_string(&record).expect("json"));
        }
    });
}

#[divan::bench]
fn stage_1_ingest(bencher: Bencher) {
    let documents = corpus();
    bencher.counter(BytesCount::new(documents.iter().map(Vec::len).sum::<usize>())).bench_local(|| {
        for document in &documents {
            divan::black_box(ingest::decode("corpus", document.clone()).expect("text"));
        }
    });
}

#[divan::bench]
fn stage_2_normalize(bencher: Bencher) {
    let sources = sources();
    bencher.counter(BytesCount::new(size(&sources))).bench_local(|| {
        for source in &sources {
            divan::black_box(normalize::normalize(source.text.as_str()));
        }
    });
}

#[divan::bench]
fn stage_3_structure(bencher: Bencher) {
    let (lexicon, sources) = (Lexicon::embedded().expect("lexicons"), sources());
    let lines: Vec<_> = sources.iter().map(|source| normalize::normalize(source.text.as_str())).collect();
    bencher.counter(BytesCount::new(size(&sources))).bench_local(|| {
        for lines in &lines {
            divan::black_box(structure::read(lines, &lexicon));
        }
    });
}

#[divan::bench]
fn stage_4_extract(bencher: Bencher) {
    let (lexicon, sources) = (Lexicon::embedded().expect("lexicons"), sources());
    let documents: Vec<_> =
        sources.iter().map(|source| structure::read(&normalize::normalize(source.text.as_str()), &lexicon)).collect();
    bencher.counter(BytesCount::new(size(&sources))).bench_local(|| {
        for (source, document) in sources.iter().zip(&documents) {
            divan::black_box(extract::extract(source, document, &lexicon));
        }
    });
}

#[divan::bench]
fn stage_5_json(bencher: Bencher) {
    let (lexicon, sources) = (Lexicon::embedded().expect("lexicons"), sources());
    let records: Vec<_> = sources.iter().map(|source| pipeline::read(source, &lexicon)).collect();
    bencher.counter(BytesCount::new(size(&sources))).bench_local(|| {
        for record in &records {
            divan::black_box(serde_json::to_string(record).expect("json"));
        }
    });
}

/// A document whose body is repeated: the time must grow with its length, and not faster.
#[divan::bench(args = [1, 10, 100])]
fn long(bencher: Bencher, times: usize) {
    let lexicon = Lexicon::embedded().expect("lexicons");
    let text = String::from_utf8(corpus().swap_remove(1)).expect("text");
    let body = text.find("II.").unwrap_or(0);
    let end = text.find("Nơi nhận").unwrap_or(text.len());
    let long = format!("{}{}{}", &text[..body], text[body..end].replace("./.", ".").repeat(times), &text[end..]);
    bencher.counter(BytesCount::new(long.len())).bench_local(|| {
        let source = ingest::decode("long", long.clone().into_bytes()).expect("text");
        divan::black_box(pipeline::read(&source, &lexicon));
    });
}
