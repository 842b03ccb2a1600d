//! The plan of a programme.

use irontrack_application::setup::{ProgrammeDay, ProgrammePlan, ProgrammeUnit};
use irontrack_domain::{
    exercise::DifficultyLevel,
    training::{LongText, limits},
};

use super::{
    problem::{Problem, element, number, rule},
    unit::name,
    written::{WrittenDay, WrittenPlan},
};
use crate::catalogue_file::quote;

pub(super) fn read(written: &WrittenPlan, units: &[ProgrammeUnit]) -> Result<ProgrammePlan, Problem> {
    let Some(difficulty_level) = DifficultyLevel::from_name(&written.difficulty_level) else {
        let levels = DifficultyLevel::ALL.iter().map(|level| level.as_str()).collect::<Vec<_>>().join(", ");
        let reason = format!("must be one of {levels}, and is '{}'", quote(&written.difficulty_level));
        return Err(Problem::new("/difficultyLevel", reason));
    };
    let description = written.description.as_deref();
    Ok(ProgrammePlan {
        name: name(&written.name)?,
        description: description.map(|text| rule("/description", LongText::parse(text))).transpose()?,
        difficulty_level,
        schedule: schedule(&written.units, units).map_err(|problem| problem.within("/units"))?,
    })
}

/// The days in their order. The API takes them in any; a file is read by people as well.
fn schedule(written: &[WrittenDay], units: &[ProgrammeUnit]) -> Result<Vec<ProgrammeDay>, Problem> {
    if !(1..=limits::UNITS_OF_PLAN).contains(&written.len()) {
        return Err(Problem::new("", format!("must be between 1 and {} units", limits::UNITS_OF_PLAN)));
    }
    let mut schedule: Vec<ProgrammeDay> = Vec::with_capacity(written.len());
    for (index, day) in written.iter().enumerate() {
        let at = element("", index);
        let Some(unit) = units.iter().position(|unit| unit.slug.as_str() == day.training_unit_slug) else {
            let reason = format!("is no unit of the programme: '{}'", quote(&day.training_unit_slug));
            return Err(Problem::new("/trainingUnitSlug", reason).within(&at));
        };
        let day_number = number("/dayNumber", day.day_number, &limits::PLAN_DAYS).map_err(|p| p.within(&at))?;
        if schedule.last().is_some_and(|before| before.day_number > day_number) {
            return Err(Problem::new("/dayNumber", "must not be less than the one before").within(&at));
        }
        schedule.push(ProgrammeDay { day_number, unit });
    }
    Ok(schedule)
}
