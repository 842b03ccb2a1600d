//! Imports on the wire.

use chrono::{DateTime, Utc};
use irontrack_application::imports::Meaning;
use irontrack_ports::repo::{
    FoundExercise, Import as DomainImport, ImportCounts, ImportOutcome, ImportedName, Likeness, NameDecision,
    RefusedRow,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::timestamp;

/// A file that was read: what was found in it, and what was written once it is confirmed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000f1", "format": "strong_csv", "status": "preview",
    "createdAt": "2026-11-30T18:30:00Z", "expiresAt": "2026-12-01T18:30:00Z", "confirmedAt": null,
    "counts": {"sessions": 112, "duplicates": 0, "exercises": 560, "sets": 2240, "customExercises": 0, "trainingUnits": 0,
        "trainingPlans": 0, "errors": 1},
    "errors": [{"line": 17, "path": null, "column": "Reps", "code": "no_number", "reason": "is not a number"}],
    "exercises": [
        {"name": "Bench Press (Barbell)", "sets": 400, "state": "mapped", "mapping": null, "match": {
            "exerciseId": "0192a000-0000-7000-8000-0000000000aa", "exerciseName": "Barbell Bench Press", "kind": "fuzzy",
            "score": 100}},
        {"name": "Zercher Squat", "sets": 12, "state": "unmapped", "match": null, "mapping": null}
    ],
    "result": null
}))]
pub(crate) struct Import {
    /// Identifier.
    id: Uuid,
    /// What the file is: `strong_csv`, `hevy_csv` or `irontrack_json`.
    format: &'static str,
    /// Whether it waits to be confirmed or was written: `preview` or `confirmed`.
    status: &'static str,
    /// When it was read, UTC.
    #[serde(serialize_with = "timestamp::serialize")]
    created_at: DateTime<Utc>,
    /// When it is forgotten, UTC.
    #[serde(serialize_with = "timestamp::serialize")]
    expires_at: DateTime<Utc>,
    /// When it was confirmed, UTC.
    #[serde(serialize_with = "timestamp::serialize_optional")]
    #[schema(required)]
    confirmed_at: Option<DateTime<Utc>>,
    /// How much is in it.
    counts: Counts,
    /// The first 100 rows or elements that were not understood. Nothing of them is imported.
    errors: Vec<ErrorRow>,
    /// The exercises that are named in it, each once.
    exercises: Vec<NamedExercise>,
    /// How much was written.
    #[schema(required)]
    result: Option<Written>,
}

/// How much is in a file.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportCounts)]
#[serde(rename_all = "camelCase")]
struct Counts {
    /// Training sessions.
    sessions: u64,
    /// Those of them that were there already when the file was read: of the same start, end and title.
    duplicates: u64,
    /// Exercises of these sessions.
    exercises: u64,
    /// Sets of these exercises.
    sets: u64,
    /// Custom exercises that are described.
    custom_exercises: u64,
    /// Training units.
    training_units: u64,
    /// Training plans.
    training_plans: u64,
    /// Rows or elements that were not understood.
    errors: u64,
}

/// A row or an element that was not understood.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportError)]
struct ErrorRow {
    /// The line of a CSV file in which the row begins, from 1.
    #[schema(required)]
    line: Option<u64>,
    /// Where the element of a JSON document stands, as a JSON pointer.
    #[schema(required)]
    path: Option<String>,
    /// What of it: a column, or a path into the element. Null for all of it.
    #[schema(required)]
    column: Option<String>,
    /// What is wrong, in a word that never changes.
    code: String,
    /// What is wrong, for people.
    reason: String,
}

/// An exercise that is named in a file.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportedExercise)]
struct NamedExercise {
    /// The name.
    name: String,
    /// How many sets of it are in the file.
    sets: u64,
    /// What becomes of it: `mapped` to an exercise, `create` a custom exercise, `skip` it, `name_only` (in our own documents: it
    /// keeps its name without an exercise), or `unmapped`: somebody has to say it before the import can be confirmed.
    state: &'static str,
    /// The exercise that may be meant.
    #[schema(required)]
    r#match: Option<FoundMatch>,
    /// What was said about it.
    #[schema(required)]
    mapping: Option<Mapping>,
}

/// An exercise that may be meant by a name.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportMatch)]
#[serde(rename_all = "camelCase")]
struct FoundMatch {
    /// The exercise.
    exercise_id: Uuid,
    /// What it is called.
    exercise_name: String,
    /// Why: `remembered` from an earlier import, the name (`exact`), another name (`alias`), or likeness (`fuzzy`). Only a
    /// suggestion if it is like it and the score is below 100.
    kind: &'static str,
    /// How much a name is like it, in percent: 100 for the same words in another order.
    #[schema(required)]
    score: Option<u8>,
}

/// What was said about a name.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportMapping)]
#[serde(rename_all = "camelCase")]
struct Mapping {
    /// It means this exercise.
    #[schema(required)]
    exercise_id: Option<Uuid>,
    /// It becomes a custom exercise.
    create: bool,
    /// What was done in it is left out.
    skip: bool,
    /// The muscle groups that the custom exercise trains first.
    primary_muscles: Vec<i16>,
}

/// How much was written.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportResult)]
#[serde(rename_all = "camelCase")]
struct Written {
    /// Training sessions.
    sessions: u64,
    /// Training sessions that were there already.
    duplicates: u64,
    /// Exercises of these sessions.
    exercises: u64,
    /// Sets of these exercises.
    sets: u64,
    /// Custom exercises.
    custom_exercises: u64,
    /// Training units.
    training_units: u64,
    /// Training plans.
    training_plans: u64,
}

impl Import {
    pub(super) fn new(import: &DomainImport) -> Self {
        Self {
            id: import.id.uuid(),
            format: import.format.as_str(),
            status: if import.confirmed_at.is_some() { "confirmed" } else { "preview" },
            created_at: import.created_at,
            expires_at: import.expires_at,
            confirmed_at: import.confirmed_at,
            counts: import.counts.into(),
            errors: import.refused.iter().map(ErrorRow::from).collect(),
            exercises: import.exercises.iter().map(NamedExercise::from).collect(),
            result: import.outcome.map(Written::from),
        }
    }
}

impl From<ImportCounts> for Counts {
    fn from(counts: ImportCounts) -> Self {
        Self {
            sessions: counts.sessions,
            duplicates: counts.duplicates,
            exercises: counts.exercises,
            sets: counts.sets,
            custom_exercises: counts.custom_exercises,
            training_units: counts.units,
            training_plans: counts.plans,
            errors: counts.refused,
        }
    }
}

impl From<ImportOutcome> for Written {
    fn from(outcome: ImportOutcome) -> Self {
        Self {
            sessions: outcome.sessions,
            duplicates: outcome.duplicates,
            exercises: outcome.exercises,
            sets: outcome.sets,
            custom_exercises: outcome.custom_exercises,
            training_units: outcome.units,
            training_plans: outcome.plans,
        }
    }
}

impl From<&RefusedRow> for ErrorRow {
    fn from(row: &RefusedRow) -> Self {
        let RefusedRow { line, path, column, code, reason } = row.clone();
        Self { line, path, column, code, reason }
    }
}

impl From<&ImportedName> for NamedExercise {
    fn from(name: &ImportedName) -> Self {
        let state = match Meaning::of(name) {
            Meaning::Exercise(_) => "mapped",
            Meaning::Create => "create",
            Meaning::Skip => "skip",
            Meaning::NameOnly => "name_only",
            Meaning::Unknown => "unmapped",
        };
        Self {
            name: name.name.clone(),
            sets: name.sets,
            state,
            r#match: name.found.as_ref().map(FoundMatch::from),
            mapping: name.decision.as_ref().map(Mapping::from),
        }
    }
}

impl From<&FoundExercise> for FoundMatch {
    fn from(found: &FoundExercise) -> Self {
        let (kind, score) = match found.likeness {
            Likeness::Remembered => ("remembered", None),
            Likeness::Exact => ("exact", None),
            Likeness::Alias => ("alias", None),
            Likeness::Fuzzy { score } => ("fuzzy", Some(score)),
        };
        Self { exercise_id: found.id.uuid(), exercise_name: found.name.clone(), kind, score }
    }
}

impl From<&NameDecision> for Mapping {
    fn from(decision: &NameDecision) -> Self {
        let nothing = Self { exercise_id: None, create: false, skip: false, primary_muscles: Vec::new() };
        match decision {
            NameDecision::Exercise(id) => Self { exercise_id: Some(id.uuid()), ..nothing },
            NameDecision::Create { primary_muscles } => {
                Self { create: true, primary_muscles: primary_muscles.clone(), ..nothing }
            }
            NameDecision::Skip => Self { skip: true, ..nothing },
        }
    }
}
