//! An import with the exercises that it names, in one row.

use chrono::{DateTime, Utc};
use diesel::{
    Queryable,
    sql_types::{Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use irontrack_domain::{
    ExerciseId, ImportId, UserId,
    exercise::{Category, DifficultyLevel, ExerciseName, Force, Instructions, Mechanic},
    import::ImportFormat,
};
use irontrack_ports::repo::{
    ExerciseDefinition, FoundExercise, Import, ImportCounts, ImportOutcome, ImportedName, Likeness, NameDecision,
    RefusedRow,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{error::CorruptValue, statement::Statement};

const TABLE: &str = "imports";

/// The columns that [`by_id`] selects.
pub(crate) type ImportColumns =
    (SqlUuid, SqlUuid, Text, Timestamptz, Timestamptz, Nullable<Timestamptz>, Jsonb, Jsonb, Nullable<Jsonb>, Jsonb);

/// A row that [`by_id`] selects.
#[derive(Queryable)]
pub(crate) struct ImportRow {
    id: Uuid,
    owner: Uuid,
    format: String,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    confirmed_at: Option<DateTime<Utc>>,
    counts: Value,
    refused: Value,
    outcome: Option<Value>,
    exercises: Value,
}

/// The import of an account, as long as it is there.
pub(crate) fn by_id(owner: UserId, id: ImportId, now: DateTime<Utc>) -> Statement<ImportColumns> {
    Statement::new(
        "SELECT i.id, i.user_id, i.format, i.created_at, i.expires_at, i.confirmed_at, i.counts, i.refused, i.outcome, \
         coalesce((SELECT jsonb_agg(to_jsonb(e) ORDER BY e.number) FROM import_exercises e WHERE e.import_id = i.id), \
         '[]') FROM imports i WHERE i.id = ",
    )
    .bind(id.uuid())
    .sql(" AND i.user_id = ")
    .bind(owner.uuid())
    .sql(" AND i.expires_at > ")
    .bind(now)
}

/// A row of `import_exercises`, as it is read and written.
#[derive(Debug, Default, Serialize, Deserialize)]
struct NameRow {
    import_id: Uuid,
    number: u32,
    name: String,
    folded_name: String,
    source_id: Option<Uuid>,
    set_count: u64,
    definition: Option<DefinitionRow>,
    match_kind: Option<String>,
    match_score: Option<u8>,
    match_id: Option<Uuid>,
    match_name: Option<String>,
    decision: Option<String>,
    decided_id: Option<Uuid>,
    muscles: Option<Vec<i16>>,
}

/// The column `definition`.
#[derive(Debug, Serialize, Deserialize)]
struct DefinitionRow {
    name: String,
    force: Option<String>,
    difficulty_level: String,
    mechanic: Option<String>,
    category: String,
    instructions: Option<String>,
    primary_muscles: Vec<i16>,
    secondary_muscles: Vec<i16>,
    equipment: Vec<i16>,
}

/// An element of the column `refused`.
#[derive(Debug, Serialize, Deserialize)]
struct RefusedJson {
    line: Option<u64>,
    path: Option<String>,
    column: Option<String>,
    code: String,
    reason: String,
}

fn corrupt(problem: impl Into<String>) -> CorruptValue {
    CorruptValue { table: TABLE, problem: problem.into() }
}

impl ImportRow {
    pub(crate) fn import(self) -> Result<Import, CorruptValue> {
        let format = ImportFormat::from_name(&self.format).ok_or_else(|| corrupt("there is no such format"))?;
        let refused: Vec<RefusedJson> =
            serde_json::from_value(self.refused).map_err(|error| corrupt(format!("refused: {error}")))?;
        let names: Vec<NameRow> =
            serde_json::from_value(self.exercises).map_err(|error| corrupt(format!("exercises: {error}")))?;
        let refused = refused.into_iter().map(|row| {
            let RefusedJson { line, path, column, code, reason } = row;
            RefusedRow { line, path, column, code, reason }
        });
        Ok(Import {
            id: ImportId::new(self.id),
            owner: UserId::new(self.owner),
            format,
            created_at: self.created_at,
            expires_at: self.expires_at,
            confirmed_at: self.confirmed_at,
            counts: counts(&self.counts),
            refused: refused.collect(),
            exercises: names.into_iter().map(name).collect::<Result<_, _>>()?,
            outcome: self.outcome.as_ref().map(outcome),
        })
    }
}

/// A number of an object of numbers, in which those that are 0 may be missing.
fn number(object: &Value, name: &str) -> u64 {
    object.get(name).and_then(Value::as_u64).unwrap_or_default()
}

fn counts(stored: &Value) -> ImportCounts {
    ImportCounts {
        sessions: number(stored, "sessions"),
        duplicates: number(stored, "duplicates"),
        exercises: number(stored, "exercises"),
        sets: number(stored, "sets"),
        custom_exercises: number(stored, "custom_exercises"),
        units: number(stored, "units"),
        plans: number(stored, "plans"),
        refused: number(stored, "refused"),
    }
}

fn outcome(stored: &Value) -> ImportOutcome {
    ImportOutcome {
        sessions: number(stored, "sessions"),
        duplicates: number(stored, "duplicates"),
        exercises: number(stored, "exercises"),
        sets: number(stored, "sets"),
        custom_exercises: number(stored, "custom_exercises"),
        units: number(stored, "units"),
        plans: number(stored, "plans"),
    }
}

/// The column `counts`.
pub(crate) fn stored_counts(counts: &ImportCounts) -> String {
    let ImportCounts { sessions, duplicates, exercises, sets, custom_exercises, units, plans, refused } = counts;
    json!({
        "sessions": sessions, "duplicates": duplicates, "exercises": exercises, "sets": sets,
        "custom_exercises": custom_exercises, "units": units, "plans": plans, "refused": refused,
    })
    .to_string()
}

/// The column `outcome`.
pub(crate) fn stored_outcome(outcome: &ImportOutcome) -> String {
    let ImportOutcome { sessions, duplicates, exercises, sets, custom_exercises, units, plans } = outcome;
    json!({
        "sessions": sessions, "duplicates": duplicates, "exercises": exercises, "sets": sets,
        "custom_exercises": custom_exercises, "units": units, "plans": plans,
    })
    .to_string()
}

/// The column `refused`.
pub(crate) fn stored_refused(refused: &[RefusedRow]) -> String {
    let row = |row: &RefusedRow| {
        let RefusedRow { line, path, column, code, reason } = row;
        json!({"line": line, "path": path, "column": column, "code": code, "reason": reason})
    };
    Value::Array(refused.iter().map(row).collect()).to_string()
}

/// The rows of `import_exercises`, as an array of objects.
pub(crate) fn stored_names(import: &Import) -> Result<String, CorruptValue> {
    let rows: Vec<NameRow> = import.exercises.iter().map(|name| name_row(import.id, name)).collect();
    serde_json::to_string(&rows).map_err(|error| corrupt(format!("exercises: {error}")))
}

fn name_row(import: ImportId, name: &ImportedName) -> NameRow {
    let (match_kind, match_score) = match name.found.as_ref().map(|found| found.likeness) {
        None => (None, None),
        Some(Likeness::Remembered) => (Some("remembered"), None),
        Some(Likeness::Exact) => (Some("exact"), None),
        Some(Likeness::Alias) => (Some("alias"), None),
        Some(Likeness::Fuzzy { score }) => (Some("fuzzy"), Some(score)),
    };
    let (decision, decided_id, muscles) = name.decision.as_ref().map_or((None, None, None), decided);
    NameRow {
        import_id: import.uuid(),
        number: name.number,
        name: name.name.clone(),
        folded_name: name.folded.clone(),
        source_id: name.source.map(ExerciseId::uuid),
        set_count: name.sets,
        definition: name.definition.as_ref().map(definition_row),
        match_kind: match_kind.map(str::to_owned),
        match_score,
        match_id: name.found.as_ref().map(|found| found.id.uuid()),
        match_name: name.found.as_ref().map(|found| found.name.clone()),
        decision: decision.map(str::to_owned),
        decided_id,
        muscles,
    }
}

fn decided(decision: &NameDecision) -> (Option<&'static str>, Option<Uuid>, Option<Vec<i16>>) {
    match decision {
        NameDecision::Exercise(id) => (Some("exercise"), Some(id.uuid()), None),
        NameDecision::Create { primary_muscles } => (Some("create"), None, Some(primary_muscles.clone())),
        NameDecision::Skip => (Some("skip"), None, None),
    }
}

/// The columns of decisions by number, as an array of objects.
pub(crate) fn stored_decisions(decisions: &[(u32, NameDecision)]) -> String {
    let row = |(number, decision): &(u32, NameDecision)| {
        let (decision, decided_id, muscles) = decided(decision);
        json!({"number": number, "decision": decision, "decided_id": decided_id, "muscles": muscles})
    };
    Value::Array(decisions.iter().map(row).collect()).to_string()
}

fn definition_row(definition: &ExerciseDefinition) -> DefinitionRow {
    DefinitionRow {
        name: definition.name.as_str().to_owned(),
        force: definition.force.map(|force| force.as_str().to_owned()),
        difficulty_level: definition.difficulty_level.as_str().to_owned(),
        mechanic: definition.mechanic.map(|mechanic| mechanic.as_str().to_owned()),
        category: definition.category.as_str().to_owned(),
        instructions: definition.instructions.as_ref().map(|text| text.as_str().to_owned()),
        primary_muscles: definition.primary_muscles.clone(),
        secondary_muscles: definition.secondary_muscles.clone(),
        equipment: definition.equipment.clone(),
    }
}

fn name(row: NameRow) -> Result<ImportedName, CorruptValue> {
    let found = match (row.match_kind.as_deref(), row.match_id) {
        (None, _) | (_, None) => None,
        (Some(kind), Some(id)) => Some(FoundExercise {
            id: ExerciseId::new(id),
            name: row.match_name.unwrap_or_default(),
            likeness: match kind {
                "remembered" => Likeness::Remembered,
                "exact" => Likeness::Exact,
                "alias" => Likeness::Alias,
                "fuzzy" => Likeness::Fuzzy { score: row.match_score.unwrap_or_default() },
                other => return Err(corrupt(format!("{other} is no kind of match"))),
            },
        }),
    };
    let decision = match (row.decision.as_deref(), row.decided_id) {
        (None, _) => None,
        (Some("exercise"), Some(id)) => Some(NameDecision::Exercise(ExerciseId::new(id))),
        (Some("create"), _) => Some(NameDecision::Create { primary_muscles: row.muscles.unwrap_or_default() }),
        (Some("skip"), _) => Some(NameDecision::Skip),
        (Some(other), _) => return Err(corrupt(format!("{other} is no decision"))),
    };
    Ok(ImportedName {
        number: row.number,
        name: row.name,
        folded: row.folded_name,
        source: row.source_id.map(ExerciseId::new),
        sets: row.set_count,
        definition: row.definition.map(definition).transpose()?,
        found,
        decision,
    })
}

fn definition(row: DefinitionRow) -> Result<ExerciseDefinition, CorruptValue> {
    let unknown = |what: &str| corrupt(format!("definition: {what}"));
    let force = row.force.map(|name| Force::from_name(&name).ok_or_else(|| unknown("force")));
    let mechanic = row.mechanic.map(|name| Mechanic::from_name(&name).ok_or_else(|| unknown("mechanic")));
    Ok(ExerciseDefinition {
        name: ExerciseName::parse(&row.name).map_err(|problem| unknown(&format!("name {problem}")))?,
        force: force.transpose()?,
        difficulty_level: DifficultyLevel::from_name(&row.difficulty_level).ok_or_else(|| unknown("difficulty"))?,
        mechanic: mechanic.transpose()?,
        category: Category::from_name(&row.category).ok_or_else(|| unknown("category"))?,
        instructions: row
            .instructions
            .map(|text| Instructions::parse(&text))
            .transpose()
            .map_err(|problem| unknown(&format!("instructions {problem}")))?,
        primary_muscles: row.primary_muscles,
        secondary_muscles: row.secondary_muscles,
        equipment: row.equipment,
    })
}
