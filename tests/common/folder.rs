//! A folder of a test, and ingesting it without the command line.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use kehoach::pipeline;
use kehoach::store::files::{self, Search};
use kehoach::store::gather::{Options, Outcome, Summary, Watch, gather};
use kehoach::store::{Reading, Store, StoreError};

/// A folder that is gone when the test is done.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("kehoach-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path.canonicalize().expect("a folder"))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file that was last changed so many hours ago: its time can be trusted, and differs from another's.
    pub fn write(&self, name: &str, content: &str, hours: u64) -> PathBuf {
        let path = self.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, content).expect("written");
        let then = SystemTime::now() - Duration::from_secs(hours * 3600);
        std::fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(then)).expect("dated");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A plan with one target.
pub fn plan(title: &str, value: u32) -> String {
    format!(
        "KẾ HOẠCH\n{title} năm 2025\nI. MỤC TIÊU\n- Tỷ lệ hộ dùng nước sạch đạt {value}%.\nII. NHIỆM VỤ\n\
         - Sở Xây dựng rà soát công trình, hoàn thành trước ngày 30/6/2025.\n"
    )
}

pub struct Silent;

impl Watch for Silent {
    fn begin(&self, _: usize, _: usize) {}
    fn done(&self, _: &Path, _: &Outcome) {}
}

pub fn options() -> Options {
    Options { reader: "test 1".into(), ..Options::default() }
}

/// Ingests `paths` into the store at `store`.
pub fn ingest_with(store: &Path, paths: &[PathBuf], options: &Options) -> Result<Summary, StoreError> {
    let mut open = Store::open_to_write(store)?;
    let search = Search { paths: paths.to_vec(), never: files::own_files(store), ..Search::default() };
    let found = files::find(&search)?;
    assert_eq!(found.problems, Vec::<String>::new());
    gather(&mut open, found.files, options, &Silent, &|path| {
        pipeline::read_source(path, super::lexicon()).map(|(source, record)| Reading::new(&source, record))
    })
}

pub fn ingest(store: &Path, paths: &[PathBuf]) -> Summary {
    ingest_with(store, paths, &options()).unwrap_or_else(|error| panic!("{error}"))
}

pub fn digest(store: &Path) -> String {
    Store::open(store).and_then(|store| store.digest()).unwrap_or_else(|error| panic!("{error}"))
}
