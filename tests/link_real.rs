//! Links between real documents, given clean items: KEHOACH_REAL names a folder with `links.tsv`, pairs of items that readers found to
//! measure the same, or only to look alike. Each item is linked by its wording and unit alone, without reading a document.

use std::path::Path;
use std::rc::Rc;

use kehoach::lexicon::linking::LinkLexicon;
use kehoach::link::indicators::{MemberKind, Owner, TargetView, link};

#[test]
fn clean_items_of_real_documents_are_told_apart() {
    let Some(folder) = std::env::var_os("KEHOACH_REAL") else {
        eprintln!("skipped: KEHOACH_REAL does not name the folder of the real documents");
        return;
    };
    let text = std::fs::read_to_string(Path::new(&folder).join("links.tsv")).expect("links.tsv");
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().expect("a head").split('\t').collect();
    let column = |name: &str| names.iter().position(|known| *known == name).expect("a column");
    let [relation, doc_a, doc_b] = ["relation", "doc_a", "doc_b"].map(column);
    let sides = ["a", "b"].map(|side| ["indicator", "unit"].map(|name| column(&format!("{name}_{side}"))));
    let rows: Vec<Vec<&str>> =
        lines.map(|line| line.split('\t').collect()).filter(|row: &Vec<&str>| row[relation] != "above").collect();
    let lexicon = LinkLexicon::embedded().expect("lexicon");
    let owner = Rc::new(Owner::default());
    let (mut same, mut probable, mut all, mut alike, mut perhaps, mut wrong) = (0, 0, 0, 0, 0, 0);
    for row in &rows {
        // Two documents, or two places of one.
        let documents = [0, usize::from(row[doc_a] != row[doc_b])];
        let views: Vec<TargetView> = sides
            .iter()
            .zip(documents)
            .enumerate()
            .map(|(target, ([indicator, unit], document))| TargetView {
                document,
                kind: MemberKind::Target,
                target,
                indicator: row[*indicator],
                unit: Some(row[*unit]).filter(|unit| !unit.is_empty()),
                scope: None,
                change: None,
                heading: None,
                owner: Rc::clone(&owner),
            })
            .collect();
        let found = link(&views, &lexicon);
        let (linked, may_be) = (found.clusters.len() == 1, !found.probable.is_empty());
        if row[relation] == "same" {
            all += 1;
            same += usize::from(linked);
            probable += usize::from(!linked && may_be);
            if !linked {
                let related = found.related.first().map(|related| format!("{:?}", related.difference));
                println!("{} | {} | probable {may_be} | {related:?}", row[sides[0][0]], row[sides[1][0]]);
            }
        } else {
            alike += 1;
            wrong += usize::from(linked);
            perhaps += usize::from(!linked && may_be);
            if linked || may_be {
                println!("LOOK-ALIKE {} | {} | linked {linked}", row[sides[0][0]], row[sides[1][0]]);
            }
        }
    }
    println!(
        "same: {same} linked and {probable} probable of {all}; look-alikes: {wrong} linked and {perhaps} probable of {alike}"
    );
    assert!((same + probable) * 100 >= all * 85, "{same} linked and {probable} probable of {all}");
    assert!(wrong * 50 <= alike && perhaps * 10 <= alike, "{wrong} look-alikes linked, {perhaps} probable, of {alike}");
}
