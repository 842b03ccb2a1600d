//! What is wrong with the metrics of a set, for whoever sent it.

use irontrack_domain::training::{
    Mode,
    session::{MetricKind, Mismatch},
};

use crate::Mistake;

/// One mistake for each metric that is not the one of the mode; `set` is where the set stands in the body, as a JSON
/// pointer.
#[must_use]
pub fn mismatch_mistakes(mismatch: &Mismatch, mode: Mode, set: &str) -> Vec<Mistake> {
    let mistake = |kind: &MetricKind| Mistake {
        pointer: format!("{set}/{}", field(*kind)),
        rule: "mode_mismatch",
        message: format!("Input is not allowed (mode '{}')", mode.as_str()),
    };
    mismatch.0.iter().map(mistake).collect()
}

const fn field(kind: MetricKind) -> &'static str {
    match kind {
        MetricKind::Reps => "repsCompleted",
        MetricKind::TimeSeconds => "timeSeconds",
        MetricKind::Distance => "distanceKm",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_that_does_not_belong_is_named() {
        let mismatch = Mismatch(vec![MetricKind::Reps, MetricKind::Distance]);
        let mistakes = mismatch_mistakes(&mismatch, Mode::Time, "/sets/2");
        let seen: Vec<_> = mistakes.iter().map(|mistake| (mistake.pointer.as_str(), mistake.rule)).collect();
        assert_eq!(seen, [("/sets/2/repsCompleted", "mode_mismatch"), ("/sets/2/distanceKm", "mode_mismatch")]);
        assert_eq!(mistakes.first().unwrap().message, "Input is not allowed (mode 'time')");
    }
}
