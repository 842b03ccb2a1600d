//! One prescribed exercise.

use irontrack_application::setup::{ProgrammeEntry, SystemCatalogue};
use irontrack_domain::training::{Distance, LongText, Mode, Prescription, TargetProblem, Targets, Weight};

use super::{
    problem::{Problem, number, rule},
    written::WrittenEntry,
};
use crate::catalogue_file::quote;

pub(super) fn read(written: &WrittenEntry, catalogue: &SystemCatalogue) -> Result<ProgrammeEntry, Problem> {
    let known = catalogue.exercises.iter().find(|exercise| exercise.slug.as_str() == written.exercise_slug);
    let Some(exercise) = known else {
        let reason = format!("is no exercise of the catalogue: '{}'", quote(&written.exercise_slug));
        return Err(Problem::new("/exerciseSlug", reason));
    };
    let Some(mode) = Mode::from_name(&written.mode) else {
        let modes = Mode::ALL.iter().map(|mode| mode.as_str()).collect::<Vec<_>>().join(", ");
        let reason = format!("must be one of {modes}, and is '{}'", quote(&written.mode));
        return Err(Problem::new("/mode", reason));
    };
    let prescription = prescription(written)?;
    if let Some(&problem) = prescription.targets.problems(mode).first() {
        return Err(target_problem(problem, mode));
    }
    let notes = written.notes.as_deref().map(|notes| rule("/notes", LongText::parse(notes))).transpose()?;
    Ok(ProgrammeEntry { exercise: exercise.slug.clone(), mode, prescription, notes })
}

fn prescription(written: &WrittenEntry) -> Result<Prescription, Problem> {
    let reps = |path, reps: Option<i64>| reps.map(|reps| number(path, reps, &Targets::REPS)).transpose();
    let time = written.target_time_seconds;
    let distance = written.target_distance_km.as_ref();
    let weight = written.target_weight.as_ref();
    let rest = written.rest_seconds;
    Ok(Prescription {
        sets: number("/sets", written.sets.unwrap_or(1), &Prescription::SETS)?,
        targets: Targets {
            reps_min: reps("/repsMin", written.reps_min)?,
            reps_max: reps("/repsMax", written.reps_max)?,
            time_seconds: time.map(|time| number("/targetTimeSeconds", time, &Targets::TIME_SECONDS)).transpose()?,
            distance: distance
                .map(|distance| rule("/targetDistanceKm", Distance::parse(&distance.to_string())))
                .transpose()?,
            weight: weight.map(|weight| rule("/targetWeight", Weight::parse(&weight.to_string()))).transpose()?,
        },
        rest_seconds: rest.map(|rest| number("/restSeconds", rest, &Prescription::REST_SECONDS)).transpose()?,
    })
}

fn target_problem(problem: TargetProblem, mode: Mode) -> Problem {
    let (path, is_missing) = match problem {
        TargetProblem::RepsMissing => ("/repsMin", true),
        TargetProblem::TimeMissing => ("/targetTimeSeconds", true),
        TargetProblem::DistanceMissing => ("/targetDistanceKm", true),
        TargetProblem::RepsMinForbidden => ("/repsMin", false),
        TargetProblem::RepsMaxForbidden => ("/repsMax", false),
        TargetProblem::TimeForbidden => ("/targetTimeSeconds", false),
        TargetProblem::DistanceForbidden => ("/targetDistanceKm", false),
        TargetProblem::RepsRange => return Problem::new("/repsMax", "must not be less than repsMin"),
    };
    let mode = mode.as_str();
    Problem::new(
        path,
        if is_missing { format!("is needed in the mode {mode}") } else { format!("is not allowed in the mode {mode}") },
    )
}
