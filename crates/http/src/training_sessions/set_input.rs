//! Sets in bodies: new ones and changes.

use irontrack_application::training_sessions::mismatch_mistakes;
use irontrack_domain::{
    SessionSetId,
    training::{
        Distance, Mode, Weight,
        session::{Metric, Performance, PerformedSet, Rpe, SetChanges, SetNotes, SetType},
    },
};
use utoipa::ToSchema;

use crate::{
    call::{Field, Location, Object, Read, Violations},
    training::{distance, weight, whole},
};

/// Describes a set in a body, with further fields behind those that every set has.
macro_rules! set_schema {
    ($(#[$attribute:meta])* $set:ident { $($further:tt)* }) => {
        #[derive(ToSchema)]
        $(#[$attribute])*
        #[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
        pub(crate) struct $set {
            /// With how much weight, in kilograms with at most 3 decimals.
            #[schema(minimum = 0, maximum = 99999.999, nullable)]
            weight: Option<f64>,
            /// How many repetitions; only in mode `reps`.
            #[schema(minimum = 0, maximum = 10_000, nullable)]
            reps_completed: Option<i16>,
            /// How long it took, in seconds; only in mode `time`.
            #[schema(minimum = 1, maximum = 604_800, nullable)]
            time_seconds: Option<i32>,
            /// How far it went, in kilometres with at most 3 decimals; more than 0, and only in mode `distance`.
            #[schema(exclusive_minimum = 0, maximum = 99999.999, nullable)]
            distance_km: Option<f64>,
            /// What it was for. Sets for warming up count for no volume.
            #[schema(inline, default = "working", nullable)]
            set_type: Option<$crate::training_sessions::set_input::SetTypeName>,
            /// How hard it was, from 1 to 10 in steps of 0.5: 10 is the most that was possible.
            #[schema(minimum = 1, maximum = 10, multiple_of = 0.5, nullable)]
            rpe: Option<f64>,
            /// What else there is to say.
            #[schema(max_length = 500, nullable)]
            notes: Option<String>,
            $($further)*
        }
    };
}

pub(super) use set_schema;

set_schema! {
    /// A set that was done.
    #[schema(as = SessionSetInput, rename_all = "camelCase", example = json!({
        "weight": 82.5, "repsCompleted": 8, "rpe": 8.5
    }))]
    SessionSetSchema {}
}

/// What a set is for: training, getting warm, going on with less weight and no pause, or going on until no repetition is
/// left.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
pub(crate) enum SetTypeName {
    Working,
    Warmup,
    Drop,
    Failure,
}

fn set_type(field: &Field<'_>, violations: &mut Violations) -> Read<SetType> {
    let types: Vec<_> = SetType::ALL.iter().map(|&set_type| (set_type.as_str(), set_type)).collect();
    field.choice(&types, violations)
}

fn rpe(field: &Field<'_>, violations: &mut Violations) -> Read<Rpe> {
    field.amount(Rpe::parse, violations)
}

fn notes(field: &Field<'_>, violations: &mut Violations) -> Read<SetNotes> {
    field.text(SetNotes::parse, violations)
}

/// The fields of a set, each read or found wrong: those that are right can still be judged together.
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
struct Fields {
    weight: Read<Option<Option<Weight>>>,
    reps: Read<Option<Option<i16>>>,
    time_seconds: Read<Option<Option<i32>>>,
    distance: Read<Option<Option<Distance>>>,
    set_type: Read<Option<SetType>>,
    rpe: Read<Option<Option<Rpe>>>,
    notes: Read<Option<Option<SetNotes>>>,
}

impl Fields {
    /// Those of a new set, from which null takes nothing away.
    fn of_new(body: &mut Object<'_>, violations: &mut Violations) -> Self {
        Self::read(body, violations, |field, v| field.optional(v, set_type))
    }

    /// Those of a change.
    fn of_change(body: &mut Object<'_>, violations: &mut Violations) -> Self {
        Self::read(body, violations, |field, v| field.change(v, set_type))
    }

    fn read(
        body: &mut Object<'_>,
        violations: &mut Violations,
        set_type: impl FnOnce(&Field<'_>, &mut Violations) -> Read<Option<SetType>>,
    ) -> Self {
        Self {
            weight: body.field("weight", "weight").clearable(violations, weight),
            reps: body.field("repsCompleted", "reps_completed").clearable(violations, whole(Performance::REPS)),
            time_seconds: body
                .field("timeSeconds", "time_seconds")
                .clearable(violations, whole(Performance::TIME_SECONDS)),
            distance: body.field("distanceKm", "distance_km").clearable(violations, distance),
            set_type: set_type(&body.field("setType", "set_type"), violations),
            rpe: body.field("rpe", "rpe").clearable(violations, rpe),
            notes: body.field("notes", "notes").clearable(violations, notes),
        }
    }

    fn changes(self) -> Read<SetChanges> {
        Ok(SetChanges {
            weight: self.weight?,
            reps: self.reps?,
            time_seconds: self.time_seconds?,
            distance: self.distance?,
            set_type: self.set_type?,
            rpe: self.rpe?,
            notes: self.notes?,
        })
    }

    /// What was counted. Every metric that is right by itself and is not the one of the mode is recorded.
    fn metric(&self, mode: Mode, pointer: &str, violations: &mut Violations) -> Read<Option<Metric>> {
        let given = Performance {
            reps: self.reps.ok().flatten().flatten(),
            time_seconds: self.time_seconds.ok().flatten().flatten(),
            distance: self.distance.ok().flatten().flatten(),
        };
        given.align(mode).or_else(|mismatch| {
            let mut metric = Ok(None);
            for mistake in mismatch_mistakes(&mismatch, mode, pointer) {
                metric = violations.record(&Location::of_pointer(&mistake.pointer), mistake.rule, mistake.message);
            }
            metric
        })
    }
}

/// Reads a new set of an exercise whose mode is not known here.
pub(super) fn read_set(body: &mut Object<'_>, violations: &mut Violations) -> Read<SetChanges> {
    Fields::of_new(body, violations).changes()
}

/// Reads a new set of an exercise in this mode, if that could be read.
pub(super) fn read_set_in(mode: Read<Mode>, body: &mut Object<'_>, violations: &mut Violations) -> Read<PerformedSet> {
    let fields = Fields::of_new(body, violations);
    let metric = fields.metric(mode?, body.pointer(), violations);
    Ok(PerformedSet {
        weight: fields.weight?.flatten(),
        metric: metric?,
        set_type: fields.set_type?.unwrap_or_default(),
        rpe: fields.rpe?.flatten(),
        notes: fields.notes?.flatten(),
    })
}

/// Reads a change of a set.
pub(super) fn read_change(body: &mut Object<'_>, violations: &mut Violations) -> Read<SetChanges> {
    Fields::of_change(body, violations).changes()
}

/// Reads the id of a set in an order. Beyond what ids there can be it is none of any set.
pub(super) fn set_id(field: &Field<'_>, violations: &mut Violations) -> Read<SessionSetId> {
    Ok(SessionSetId::new(field.whole(&(i64::MIN..=i64::MAX), violations)?))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::call::read_object;

    fn in_mode(mode: Mode, set: &Value) -> Result<PerformedSet, Vec<String>> {
        read_object(set, |set, v| read_set_in(Ok(mode), set, v))
    }

    #[test]
    fn every_metric_but_that_of_the_mode_is_named_beside_other_mistakes() {
        let all = json!({"repsCompleted": 0, "timeSeconds": 60, "distanceKm": 0.4, "rpe": 11, "reps": 5});
        let [reps, time, distance] =
            ["mode_mismatch /repsCompleted", "mode_mismatch /timeSeconds", "mode_mismatch /distanceKm"];
        for (mode, mismatches) in [
            (Mode::Reps, vec![time, distance]),
            (Mode::Time, vec![reps, distance]),
            (Mode::Distance, vec![reps, time]),
            (Mode::SetsOnly, vec![reps, time, distance]),
        ] {
            let expected = [&["value_error /rpe"], mismatches.as_slice(), &["extra_forbidden /reps"]].concat();
            assert_eq!(in_mode(mode, &all), Err(expected.iter().map(ToString::to_string).collect()), "{mode:?}");
        }
        // What is wrong by itself is told once.
        let wrong = Err(vec!["greater_than_equal /timeSeconds".to_owned()]);
        assert_eq!(in_mode(Mode::Reps, &json!({"timeSeconds": 0})), wrong);
        for &mode in Mode::ALL {
            assert_eq!(in_mode(mode, &json!({})), Ok(PerformedSet::default()), "{mode:?}");
        }
    }

    #[test]
    fn values_stay_within_their_limits() {
        for (set, expected) in [
            (json!({"weight": 0}), None),
            (json!({"weight": -0.001}), Some("greater_than_equal /weight")),
            (json!({"weight": "80"}), Some("decimal_type /weight")),
            (json!({"repsCompleted": 0}), None),
            (json!({"reps_completed": 10_000}), None),
            (json!({"repsCompleted": 10_001}), Some("less_than_equal /repsCompleted")),
            (json!({"reps_completed": -1}), Some("greater_than_equal /reps_completed")),
            (json!({"timeSeconds": 604_800}), None),
            (json!({"timeSeconds": 604_801}), Some("less_than_equal /timeSeconds")),
            (json!({"distanceKm": 0.001}), None),
            (json!({"distanceKm": 0}), Some("greater_than /distanceKm")),
            (json!({"distanceKm": 0.0001}), Some("decimal_max_places /distanceKm")),
            (json!({"setType": "warmup"}), None),
            (json!({"setType": "Warmup"}), Some("enum /setType")),
            (json!({"rpe": 1}), None),
            (json!({"rpe": 8.50}), None),
            (json!({"rpe": 10.0}), None),
            (json!({"rpe": 0.5}), Some("value_error /rpe")),
            (json!({"rpe": 8.25}), Some("value_error /rpe")),
            (json!({"rpe": 10.5}), Some("value_error /rpe")),
            (json!({"rpe": "8"}), Some("decimal_type /rpe")),
            (json!({"notes": "ü".repeat(500)}), None),
            (json!({"notes": "ü".repeat(501)}), Some("string_too_long /notes")),
            (json!({"notes": "\0"}), Some("string_nul /notes")),
            (json!({"orderIndex": 0}), Some("extra_forbidden /orderIndex")),
        ] {
            let expected = expected.map(|mistake| vec![mistake.to_owned()]);
            assert_eq!(read_object(&set, read_set).err(), expected, "{set}");
            assert_eq!(read_object(&set, read_change).err(), expected, "{set}");
        }
    }

    #[test]
    fn null_says_nothing_about_a_new_set_and_clears_what_is_stored() {
        let nulls = json!({"weight": null, "repsCompleted": null, "timeSeconds": null, "distanceKm": null,
            "setType": null, "rpe": null, "notes": null});
        assert_eq!(in_mode(Mode::SetsOnly, &nulls), Ok(PerformedSet::default()));
        let new = read_object(&nulls, read_set).unwrap();
        assert_eq!(PerformedSet::default().changed(new, Mode::Reps), Ok(PerformedSet::default()));
        assert_eq!(read_object(&nulls, read_change), Err(vec!["null_not_allowed /setType".to_owned()]));

        let stored = in_mode(
            Mode::Reps,
            &json!({"weight": 82.5, "repsCompleted": 8, "setType": "drop", "rpe": 8.5,
            "notes": "Slow."}),
        );
        let clearing =
            read_object(&json!({"weight": null, "repsCompleted": null, "rpe": null, "notes": null}), read_change);
        let cleared = stored.clone().unwrap().changed(clearing.unwrap(), Mode::Reps);
        assert_eq!(cleared, Ok(PerformedSet { set_type: SetType::Drop, ..PerformedSet::default() }));
        let nothing = read_object(&json!({}), read_change).unwrap();
        assert_eq!(stored.clone().unwrap().changed(nothing, Mode::Reps).ok(), stored.ok());
    }
}
