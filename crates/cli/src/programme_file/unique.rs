//! What must not come twice, in a programme or in two of them.

use std::collections::BTreeSet;

use irontrack_application::setup::Programme;

use super::problem::{Problem, element};

/// The slugs and names of the programmes so far. Plans and units are different things and may share them; case makes no
/// difference to names.
#[derive(Debug, Default)]
pub(super) struct Seen {
    plan_slugs: BTreeSet<String>,
    plan_names: BTreeSet<String>,
    unit_slugs: BTreeSet<String>,
    unit_names: BTreeSet<String>,
}

impl Seen {
    pub(super) fn add(&mut self, programme: &Programme) -> Result<(), Problem> {
        let plan = &programme.plan;
        first(&mut self.plan_slugs, programme.slug.as_str().to_owned(), "/slug", "plan")?;
        first(&mut self.plan_names, plan.name.as_str().to_lowercase(), "/trainingPlan/name", "plan")?;
        for (index, unit) in programme.units.iter().enumerate() {
            let at = element("/trainingUnits", index);
            first(&mut self.unit_slugs, unit.slug.as_str().to_owned(), &format!("{at}/slug"), "unit")?;
            first(&mut self.unit_names, unit.name.as_str().to_lowercase(), &format!("{at}/name"), "unit")?;
        }
        Ok(())
    }
}

fn first(seen: &mut BTreeSet<String>, text: String, path: &str, what: &str) -> Result<(), Problem> {
    if seen.insert(text) { Ok(()) } else { Err(Problem::new(path, format!("is that of another {what}"))) }
}
