//! t
use std::path::Path;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let lex = kehoach::lexicon::Lexicon::embedded().unwrap();
    let r = kehoach::pipeline::read_file(Path::new(&a[2]), &lex).unwrap();
    println!("{}", serde_json::to_string(&r).unwrap());
}
