//! What is wrong with the targets of an entry, for whoever sent them.

use irontrack_domain::training::{Mode, TargetProblem, Targets};

use crate::Mistake;

/// All mistakes in these targets; `entry` is where the entry stands in the body, as a JSON pointer.
#[must_use]
pub fn target_mistakes(targets: &Targets, mode: Mode, entry: &str) -> Vec<Mistake> {
    let mistake = |problem| {
        let (field, rule, message) = wording(problem);
        let message = match rule {
            "mode_mismatch" => format!("{message} (mode '{}')", mode.as_str()),
            _ => message.to_owned(),
        };
        Mistake { pointer: format!("{entry}/{field}"), rule, message }
    };
    targets.problems(mode).into_iter().map(mistake).collect()
}

const fn wording(problem: TargetProblem) -> (&'static str, &'static str, &'static str) {
    match problem {
        TargetProblem::RepsMissing => ("repsMin", "missing", "Mode 'reps' needs repsMin or repsMax"),
        TargetProblem::TimeMissing => ("targetTimeSeconds", "missing", "Mode 'time' needs targetTimeSeconds"),
        TargetProblem::DistanceMissing => ("targetDistanceKm", "missing", "Mode 'distance' needs targetDistanceKm"),
        TargetProblem::RepsMinForbidden => ("repsMin", "mode_mismatch", "Input is not allowed"),
        TargetProblem::RepsMaxForbidden => ("repsMax", "mode_mismatch", "Input is not allowed"),
        TargetProblem::TimeForbidden => ("targetTimeSeconds", "mode_mismatch", "Input is not allowed"),
        TargetProblem::DistanceForbidden => ("targetDistanceKm", "mode_mismatch", "Input is not allowed"),
        TargetProblem::RepsRange => ("repsMax", "value_error", "Value error, repsMax must not be less than repsMin"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_names_its_field() {
        let reversed = Targets { reps_min: Some(8), reps_max: Some(5), ..Targets::default() };
        let of = |targets: &Targets, mode| {
            let mistakes = target_mistakes(targets, mode, "/exercises/3");
            mistakes.into_iter().map(|mistake| (mistake.pointer, mistake.rule)).collect::<Vec<_>>()
        };
        let at = |field: &str| format!("/exercises/3/{field}");
        assert_eq!(of(&reversed, Mode::Reps), [(at("repsMax"), "value_error")]);
        assert_eq!(of(&Targets::default(), Mode::Reps), [(at("repsMin"), "missing")]);
        assert_eq!(of(&Targets::default(), Mode::Time), [(at("targetTimeSeconds"), "missing")]);
        assert_eq!(
            of(&reversed, Mode::SetsOnly),
            [(at("repsMin"), "mode_mismatch"), (at("repsMax"), "mode_mismatch"), (at("repsMax"), "value_error")]
        );
    }
}
