//! One training unit.

use irontrack_application::setup::{ProgrammeUnit, SystemCatalogue};
use irontrack_domain::training::{LongText, TemplateName, TemplateSlug, limits};

use super::{
    entry,
    problem::{Problem, element, rule},
    written::WrittenUnit,
};

pub(super) fn read(written: &WrittenUnit, catalogue: &SystemCatalogue) -> Result<ProgrammeUnit, Problem> {
    if !(1..=limits::ENTRIES_OF_UNIT).contains(&written.exercises.len()) {
        let reason = format!("must be between 1 and {} exercises", limits::ENTRIES_OF_UNIT);
        return Err(Problem::new("/exercises", reason));
    }
    let description = written.description.as_deref();
    let entries = written.exercises.iter().enumerate().map(|(index, written)| {
        entry::read(written, catalogue).map_err(|problem| problem.within(&element("/exercises", index)))
    });
    Ok(ProgrammeUnit {
        slug: rule("/slug", TemplateSlug::parse(&written.slug))?,
        name: name(&written.name)?,
        description: description.map(|text| rule("/description", LongText::parse(text))).transpose()?,
        entries: entries.collect::<Result<_, _>>()?,
    })
}

/// The name of a unit or plan, written as it is stored.
pub(super) fn name(written: &str) -> Result<TemplateName, Problem> {
    let name = rule("/name", TemplateName::parse(written))?;
    if name.as_str() == written { Ok(name) } else { Err(Problem::new("/name", "must be without extra blanks")) }
}
