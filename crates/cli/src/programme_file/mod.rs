//! Files with the built-in training programmes.
//!
//! Each file holds one training plan and the units in it, in the words of the bodies of `POST /training-plans` and
//! `POST /training-units`, with slugs in place of ids. `catalogue/README.md` describes the format.

mod entry;
mod plan;
mod problem;
mod unique;
mod unit;
mod written;

use irontrack_application::setup::{Programme, SystemCatalogue};
use irontrack_domain::{catalogue::CatalogueName, training::TemplateSlug};
use problem::{Problem, element, rule};
use thiserror::Error;
use unique::Seen;
use written::WrittenProgramme;

/// What is wrong with a file of a programme.
#[derive(Debug, Error)]
pub enum ProgrammeFileError {
    /// Not JSON, or not of the format.
    #[error("{file}: {source}")]
    Format {
        /// Which file.
        file: String,
        /// What the JSON reader says.
        source: serde_json::Error,
    },
    /// A value breaks a rule.
    #[error("{file}: {path} {reason}")]
    Value {
        /// Which file.
        file: String,
        /// Where in the file, as a JSON pointer.
        path: String,
        /// What is wrong there.
        reason: String,
    },
}

/// The texts of all programmes, with the names of their files.
#[derive(Debug, Clone, Copy)]
pub struct ProgrammeFiles<'a>(pub &'a [(&'a str, &'a str)]);

impl ProgrammeFiles<'_> {
    /// Reads all programmes, in the order of their files. Their exercises are those of the catalogue.
    ///
    /// # Errors
    /// The first thing that is wrong, with its file, its place in it, and the reason.
    pub fn read(&self, catalogue: &SystemCatalogue) -> Result<Vec<Programme>, ProgrammeFileError> {
        let mut seen = Seen::default();
        let read = |&(file, text): &(&str, &str)| {
            let written: WrittenProgramme = serde_json::from_str(text)
                .map_err(|source| ProgrammeFileError::Format { file: file.to_owned(), source })?;
            let programme = programme(file, &written, catalogue).and_then(|programme| {
                seen.add(&programme)?;
                all_scheduled(&programme)?;
                Ok(programme)
            });
            programme.map_err(|Problem { path, reason }| ProgrammeFileError::Value {
                file: file.to_owned(),
                path,
                reason,
            })
        };
        self.0.iter().map(read).collect()
    }
}

/// The programme of a file, apart from the others.
fn programme(file: &str, written: &WrittenProgramme, catalogue: &SystemCatalogue) -> Result<Programme, Problem> {
    let slug = rule("/slug", TemplateSlug::parse(&written.slug))?;
    if file != format!("{slug}.json") {
        return Err(Problem::new("/slug", format!("must be the name of the file, whose name is {file}")));
    }
    let tags = tags(&written.tags).map_err(|problem| problem.within("/tags"))?;
    let units = written.training_units.iter().enumerate().map(|(index, written)| {
        unit::read(written, catalogue).map_err(|problem| problem.within(&element("/trainingUnits", index)))
    });
    let units = units.collect::<Result<Vec<_>, _>>()?;
    let plan = plan::read(&written.training_plan, &units).map_err(|problem| problem.within("/trainingPlan"))?;
    Ok(Programme { slug, tags, units, plan })
}

/// A unit that never comes would be in nobody's plan.
fn all_scheduled(programme: &Programme) -> Result<(), Problem> {
    let schedule = &programme.plan.schedule;
    match (0..programme.units.len()).find(|&index| schedule.iter().all(|day| day.unit != index)) {
        Some(idle) => Err(Problem::new(element("/trainingUnits", idle), "must be in the schedule of the plan")),
        None => Ok(()),
    }
}

fn tags(written: &[String]) -> Result<Vec<CatalogueName>, Problem> {
    let mut tags = Vec::with_capacity(written.len());
    for (index, text) in written.iter().enumerate() {
        let at = element("", index);
        let tag = rule(&at, CatalogueName::parse(text))?;
        if tag.as_str() != text {
            return Err(Problem::new(at, "must be in lower case without extra blanks"));
        }
        if tags.contains(&tag) {
            return Err(Problem::new(at, "must not repeat another tag"));
        }
        tags.push(tag);
    }
    Ok(tags)
}
