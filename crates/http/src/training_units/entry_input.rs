//! Entries of training units in bodies: new ones and changes.

use irontrack_application::training_units::{EntryDraft, EntryPatch, target_mistakes};
use irontrack_domain::{
    ExerciseId, UnitEntryId,
    training::{Prescription, Targets},
};
use utoipa::ToSchema;

use crate::{
    call::{Field, Location, Object, Read, Violations},
    training::{distance, mode, notes, weight, whole},
};

/// Describes an entry in a body, with further fields in front of those that every entry has.
macro_rules! entry_schema {
    ($(#[$attribute:meta])* $name:ident { $($further:tt)* }) => {
        #[derive(ToSchema)]
        $(#[$attribute])*
        #[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
        pub(crate) struct $name {
            $($further)*
            /// An exercise that the caller may read.
            exercise_id: uuid::Uuid,
            /// What is counted. `reps` needs `repsMin` or `repsMax`, `time` needs `targetTimeSeconds`, `distance` needs
            /// `targetDistanceKm`; `sets_only` allows none of these four.
            #[schema(inline)]
            mode: $crate::training::ModeName,
            /// How many sets.
            #[schema(minimum = 1, maximum = 100, default = 1, nullable)]
            sets: Option<i16>,
            /// The fewest repetitions of a set.
            #[schema(minimum = 1, maximum = 10_000, nullable)]
            reps_min: Option<i16>,
            /// The most repetitions of a set; not less than the fewest.
            #[schema(minimum = 1, maximum = 10_000, nullable)]
            reps_max: Option<i16>,
            /// How long a set takes, in seconds.
            #[schema(minimum = 1, maximum = 86_400, nullable)]
            target_time_seconds: Option<i32>,
            /// How far a set goes, in kilometres with at most 3 decimals; more than 0.
            #[schema(exclusive_minimum = 0, maximum = 99999.999, nullable)]
            target_distance_km: Option<f64>,
            /// With how much weight, in kilograms with at most 3 decimals.
            #[schema(minimum = 0, maximum = 99999.999, nullable)]
            target_weight: Option<f64>,
            /// The pause between sets, in seconds.
            #[schema(minimum = 0, maximum = 86_400, nullable)]
            rest_seconds: Option<i32>,
            /// Whatever else is to be said.
            #[schema(max_length = 10_000, nullable)]
            notes: Option<String>,
        }
    };
}

pub(super) use entry_schema;

entry_schema! {
    /// A prescribed exercise.
    #[schema(as = UnitEntryInput, rename_all = "camelCase", example = json!({
        "exerciseId": "0192a000-0000-7000-8000-0000000000aa", "mode": "reps", "sets": 3, "repsMin": 5, "repsMax": 8,
        "targetWeight": 82.5, "restSeconds": 180
    }))]
    UnitEntrySchema {}
}

/// Reads a new entry, or one that replaces another one whole.
pub(super) fn read_draft(body: &mut Object<'_>, violations: &mut Violations) -> Read<EntryDraft> {
    let exercise_id = body.field("exerciseId", "exercise_id").uuid(violations);
    let mode = mode(&body.field("mode", "mode"), violations);
    let sets = body.field("sets", "sets").optional(violations, whole(Prescription::SETS));
    let reps_min = body.field("repsMin", "reps_min").optional(violations, whole(Targets::REPS));
    let reps_max = body.field("repsMax", "reps_max").optional(violations, whole(Targets::REPS));
    let time =
        body.field("targetTimeSeconds", "target_time_seconds").optional(violations, whole(Targets::TIME_SECONDS));
    let distance = body.field("targetDistanceKm", "target_distance_km").optional(violations, distance);
    let weight = body.field("targetWeight", "target_weight").optional(violations, weight);
    let rest_seconds =
        body.field("restSeconds", "rest_seconds").optional(violations, whole(Prescription::REST_SECONDS));
    let notes = body.field("notes", "notes").optional(violations, notes);

    let mode = mode?;
    let targets =
        Targets { reps_min: reps_min?, reps_max: reps_max?, time_seconds: time?, distance: distance?, weight: weight? };
    for mistake in target_mistakes(&targets, mode, body.pointer()) {
        let at = Location::of_pointer(&mistake.pointer);
        let _recorded: Read<()> = violations.record(&at, mistake.rule, mistake.message);
    }
    let prescription = Prescription { sets: sets?.unwrap_or(1), targets, rest_seconds: rest_seconds? };
    Ok(EntryDraft { exercise_id: ExerciseId::from(exercise_id?), mode, prescription, notes: notes? })
}

/// Reads a change of an entry.
pub(super) fn read_patch(body: &mut Object<'_>, violations: &mut Violations) -> Read<EntryPatch> {
    let exercise_id = body.field("exerciseId", "exercise_id").change(violations, Field::uuid);
    let mode = body.field("mode", "mode").change(violations, mode);
    let sets = body.field("sets", "sets").change(violations, whole(Prescription::SETS));
    let reps_min = body.field("repsMin", "reps_min").clearable(violations, whole(Targets::REPS));
    let reps_max = body.field("repsMax", "reps_max").clearable(violations, whole(Targets::REPS));
    let time =
        body.field("targetTimeSeconds", "target_time_seconds").clearable(violations, whole(Targets::TIME_SECONDS));
    let distance = body.field("targetDistanceKm", "target_distance_km").clearable(violations, distance);
    let weight = body.field("targetWeight", "target_weight").clearable(violations, weight);
    let rest_seconds =
        body.field("restSeconds", "rest_seconds").clearable(violations, whole(Prescription::REST_SECONDS));
    let notes = body.field("notes", "notes").clearable(violations, notes);
    Ok(EntryPatch {
        exercise_id: exercise_id?.map(ExerciseId::from),
        mode: mode?,
        sets: sets?,
        reps_min: reps_min?,
        reps_max: reps_max?,
        time_seconds: time?,
        distance: distance?,
        weight: weight?,
        rest_seconds: rest_seconds?,
        notes: notes?,
    })
}

/// Reads the id of an entry. Beyond what ids there can be it is none of any entry.
pub(super) fn entry_id(field: &Field<'_>, violations: &mut Violations) -> Read<UnitEntryId> {
    Ok(id_of(field.whole(&(i64::MIN..=i64::MAX), violations)?.into()))
}

/// The entry of that number, which is the number of none if it is too large or too small for one.
pub(super) fn id_of(number: i128) -> UnitEntryId {
    UnitEntryId::new(i32::try_from(number).unwrap_or(i32::MIN))
}
