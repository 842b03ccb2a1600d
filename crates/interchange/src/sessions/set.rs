//! What was measured in a set, and what becomes of it.

use irontrack_domain::training::{
    Distance, Mode, Weight,
    session::{Metric, PerformedSet, Rpe, SetType},
};

use crate::text::set_notes;

/// All that a row says about a set. Other apps count several things at once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Measured {
    pub(crate) weight: Option<Weight>,
    pub(crate) reps: Option<i16>,
    pub(crate) time_seconds: Option<i32>,
    pub(crate) distance: Option<Distance>,
    pub(crate) set_type: SetType,
    pub(crate) rpe: Option<Rpe>,
    pub(crate) notes: Option<String>,
}

impl Measured {
    /// The set, and the mode in which its metric is counted, if it has one: repetitions before distance before time. What
    /// else was counted stands in front of the notes, where it is not cut off.
    pub(crate) fn into_set(self) -> (Option<Mode>, PerformedSet) {
        let Self { weight, reps, mut time_seconds, mut distance, set_type, rpe, notes } = self;
        let (mode, metric) = if let Some(reps) = reps {
            (Some(Mode::Reps), Some(Metric::Reps(reps)))
        } else if let Some(distance) = distance.take() {
            (Some(Mode::Distance), Some(Metric::Distance(distance)))
        } else if let Some(seconds) = time_seconds.take() {
            (Some(Mode::Time), Some(Metric::TimeSeconds(seconds)))
        } else {
            (None, None)
        };
        let lines = [distance.map(|distance| format!("Distance {distance} km")), time_seconds.map(time), notes];
        let notes = set_notes(&lines.into_iter().flatten().collect::<Vec<_>>().join("\n"));
        (mode, PerformedSet { weight, metric, set_type, rpe, notes })
    }
}

fn time(seconds: i32) -> String {
    format!("Time {}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use irontrack_domain::training::session::SetNotes;

    use super::*;

    fn notes(set: &PerformedSet) -> Option<&str> {
        set.notes.as_ref().map(SetNotes::as_str)
    }

    #[test]
    fn a_run_counts_its_distance_and_keeps_its_time() {
        let run = Measured {
            distance: Distance::from_metres(5250),
            time_seconds: Some(1530),
            notes: Some("Windy.".to_owned()),
            ..Measured::default()
        };
        let (mode, set) = run.into_set();
        assert_eq!(mode, Some(Mode::Distance));
        assert_eq!(set.metric, Distance::from_metres(5250).map(Metric::Distance));
        assert_eq!(notes(&set), Some("Time 0:25:30\nWindy."));
    }

    #[test]
    fn long_notes_do_not_push_the_time_out() {
        let run = Measured {
            distance: Distance::from_metres(42_195),
            time_seconds: Some(3 * 3600 + 62),
            notes: Some("ü".repeat(600)),
            ..Measured::default()
        };
        let (_, set) = run.into_set();
        let notes = notes(&set).unwrap();
        assert!(notes.starts_with("Time 3:01:02\nü"), "{notes}");
        assert_eq!(notes.chars().count(), SetNotes::MAX);
    }

    #[test]
    fn one_thing_is_counted() {
        let all = Measured {
            reps: Some(10),
            distance: Distance::from_metres(30),
            time_seconds: Some(20),
            ..Measured::default()
        };
        let (mode, set) = all.clone().into_set();
        assert_eq!((mode, set.metric), (Some(Mode::Reps), Some(Metric::Reps(10))));
        assert_eq!(notes(&set), Some("Distance 0.03 km\nTime 0:00:20"));
        let (mode, set) = Measured { reps: None, distance: None, ..all }.into_set();
        assert_eq!((mode, set.metric, notes(&set)), (Some(Mode::Time), Some(Metric::TimeSeconds(20)), None));
        assert_eq!(Measured::default().into_set(), (None, PerformedSet::default()));
    }
}
