//! Reads, links and audits: `cargo run --example check -- corpus/*.txt`.

fn main() -> Result<(), kehoach::Error> {
    let reader = kehoach::Reader::new()?;
    let (mut records, mut failed) = (Vec::new(), 0);
    for path in std::env::args().skip(1) {
        match reader.read(&path) {
            Ok(record) => records.push(record),
            Err(error) => {
                failed += 1;
                eprintln!("{error}");
            }
        }
    }
    let links = reader.link(&records);
    let findings = reader.audit(&mut records);
    for finding in &findings.found {
        println!("{} {}: {}", finding.code, finding.message.vi.place, finding.message.vi.problem);
    }
    println!(
        "{} documents, {failed} not read; {} indicators, {} findings",
        records.len(),
        links.indicators.clusters.len(),
        findings.found.len()
    );
    Ok(())
}
