//! What an audit of a whole store found is kept in the store, where other tools read it.

use super::super::documents::Origin;
use super::super::store::reader;
use super::super::{Context, complain};
use crate::check::{self, Told};
use crate::store::findings::{Finding, Side};
use crate::store::{Store, StoreError};

/// Keeps the findings. Where that cannot be, it is told, and the audit goes on: a store on a read-only disk can be audited too.
pub(super) fn keep(findings: &[check::Finding], origin: &Origin, context: &Context) {
    // Rules that cannot be read were told of when the documents were read.
    let Ok(auditor) = reader(context.rules.as_deref()) else { return };
    let rows: Vec<Finding> = findings.iter().map(|finding| row(finding, origin)).collect();
    let write = || -> Result<bool, StoreError> {
        let mut store = Store::open_to_write(&origin.path)?;
        let kept = store.keep_findings(&rows, &origin.stamp, &auditor)?;
        store.settle()?;
        Ok(kept)
    };
    match write() {
        Ok(true) => {}
        Ok(false) => complain(&format!(
            "{}: its documents changed during the audit; the findings are of those before and are not kept in the store",
            origin.path.display()
        )),
        Err(error) => complain(&format!("the findings are not kept in the store: {error}")),
    }
}

fn row(finding: &check::Finding, origin: &Origin) -> Finding {
    let told = |told: &Told| [told.place.clone(), told.problem.clone(), told.action.clone()];
    let side = |side: &check::Side| {
        Some(Side {
            document: *origin.keys.get(&side.path)?,
            section: side.section.clone(),
            page: side.page,
            start: side.start,
            end: side.end,
            text: side.text.clone(),
        })
    };
    Finding {
        fingerprint: finding.fingerprint.clone(),
        code: finding.code.to_owned(),
        name: finding.name.to_owned(),
        severity: finding.severity.name().to_owned(),
        vi: told(&finding.message.vi),
        en: told(&finding.message.en),
        compared: serde_json::Value::Object(finding.values.clone()).to_string(),
        sides: finding.evidence.iter().filter_map(side).collect(),
    }
}
