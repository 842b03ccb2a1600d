//! Amounts and prescriptions, which units and sessions share.

use irontrack_domain::training::{Distance, Prescription, Targets, Weight};
use serde_json::Number;

use super::element::{Wrong, optional, within};
use crate::{
    Problem,
    text::{self, collapse},
};

/// Entries of units, and exercises of sessions, as they are prescribed.
pub(super) struct Prescribed {
    pub(super) sets: i16,
    pub(super) reps_min: Option<i16>,
    pub(super) reps_max: Option<i16>,
    pub(super) time_seconds: Option<i32>,
    pub(super) distance: Option<Number>,
    pub(super) weight: Option<Number>,
    pub(super) rest_seconds: Option<i32>,
}

impl Prescribed {
    pub(super) fn read(self) -> Result<Prescription, Wrong> {
        let targets = Targets {
            reps_min: within("repsMin", self.reps_min, &Targets::REPS)?,
            reps_max: within("repsMax", self.reps_max, &Targets::REPS)?,
            time_seconds: within("targetTimeSeconds", self.time_seconds, &Targets::TIME_SECONDS)?,
            distance: optional("targetDistanceKm", written(self.distance), Distance::parse)?,
            weight: optional("targetWeight", written(self.weight), Weight::parse)?,
        };
        let sets = within("sets", Some(self.sets), &Prescription::SETS)?.unwrap_or(self.sets);
        let rest_seconds = within("restSeconds", self.rest_seconds, &Prescription::REST_SECONDS)?;
        Ok(Prescription { sets, targets, rest_seconds })
    }
}

/// A number as it was written.
pub(super) fn written(number: Option<Number>) -> Option<String> {
    number.map(|number| number.to_string())
}

/// What an exercise was called.
pub(super) fn exercise_name(name: &str) -> Result<String, Wrong> {
    let name = collapse(name);
    if name.is_empty() {
        return Err(Wrong::at("exerciseName", Problem::Missing));
    }
    text::check_exercise_name(&name).map_err(|violation| Wrong::at("exerciseName", violation))?;
    Ok(name)
}
