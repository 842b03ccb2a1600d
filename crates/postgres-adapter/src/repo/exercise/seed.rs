//! Bringing the system catalogue up to date with a handful of statements, however many exercises there are.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    Queryable,
    sql_types::{Array, Nullable, SmallInt, Text, Uuid as SqlUuid},
};
use irontrack_domain::{
    ExerciseId,
    exercise::{Category, DifficultyLevel, Force, ImagePath, Instructions, Mechanic},
};
use irontrack_ports::repo::SeedOutcome;
use uuid::Uuid;

use super::wanted::{ALIASES, LINKS, Link, Wanted, as_table};
use crate::{
    schema,
    statement::{Statement, Value},
};

type StoredColumns = (
    SqlUuid,
    Text,
    Text,
    Nullable<schema::Force>,
    schema::DifficultyLevel,
    Nullable<schema::Mechanic>,
    schema::Category,
    Nullable<Text>,
    Nullable<Text>,
    Nullable<Text>,
    Array<SmallInt>,
    Array<SmallInt>,
    Array<SmallInt>,
    Array<SmallInt>,
    Array<Text>,
);

/// A visible system exercise as it stands in the database.
#[derive(Queryable)]
pub(super) struct Stored {
    id: Uuid,
    pub(super) slug: String,
    name: String,
    force: Option<Force>,
    difficulty_level: DifficultyLevel,
    mechanic: Option<Mechanic>,
    category: Category,
    instructions: Option<String>,
    image_path_start: Option<String>,
    image_path_end: Option<String>,
    primary_muscles: Vec<i16>,
    secondary_muscles: Vec<i16>,
    equipment: Vec<i16>,
    tags: Vec<i16>,
    aliases: Vec<String>,
}

/// All visible system exercises; links ascending, aliases in the order of their bytes.
pub(super) fn stored() -> Statement<StoredColumns> {
    Statement::new(
        "SELECT e.id, e.slug, e.name, e.force, e.difficulty_level, e.mechanic, e.category, e.instructions, \
         e.image_path_start, e.image_path_end, \
         ARRAY(SELECT muscle_group_id FROM exercise_primary_muscles WHERE exercise_id = e.id ORDER BY 1), \
         ARRAY(SELECT muscle_group_id FROM exercise_secondary_muscles WHERE exercise_id = e.id ORDER BY 1), \
         ARRAY(SELECT equipment_id FROM exercise_equipment WHERE exercise_id = e.id ORDER BY 1), \
         ARRAY(SELECT tag_id FROM exercise_tag_map WHERE exercise_id = e.id ORDER BY 1), \
         ARRAY(SELECT alias COLLATE \"C\" FROM exercise_aliases WHERE exercise_id = e.id ORDER BY 1) \
         FROM exercises e WHERE e.is_system_default AND e.is_active",
    )
}

impl Stored {
    fn links(&self) -> [&[i16]; 4] {
        [&self.primary_muscles, &self.secondary_muscles, &self.equipment, &self.tags]
    }

    fn has_attributes_of(&self, wanted: &Wanted<'_>) -> bool {
        let exercise = wanted.exercise;
        self.name == exercise.name.as_str()
            && self.force == exercise.force
            && self.difficulty_level == exercise.difficulty_level
            && self.mechanic == exercise.mechanic
            && self.category == exercise.category
            && self.instructions.as_deref() == exercise.instructions.as_ref().map(Instructions::as_str)
            && exercise.pictures.as_ref().is_none_or(|pictures| {
                self.image_path_start.as_deref() == pictures.start.as_ref().map(ImagePath::as_str)
                    && self.image_path_end.as_deref() == pictures.end.as_ref().map(ImagePath::as_str)
            })
    }
}

/// Links to be made, and the exercises whose old ones go first.
#[derive(Default)]
struct LinkChanges<T> {
    cleared: Vec<Uuid>,
    exercises: Vec<Uuid>,
    linked: Vec<T>,
}

impl<T: Clone> LinkChanges<T> {
    fn add(&mut self, exercise: Uuid, linked: &[T]) {
        self.exercises.extend(std::iter::repeat_n(exercise, linked.len()));
        self.linked.extend_from_slice(linked);
    }

    fn replace(&mut self, exercise: Uuid, linked: &[T]) {
        self.cleared.push(exercise);
        self.add(exercise, linked);
    }

    fn statements(&self, link: &Link, value: fn(&[T]) -> Value) -> impl Iterator<Item = Statement<()>> {
        let delete =
            (!self.cleared.is_empty()).then(|| Statement::new(link.delete).bind(self.cleared.clone()).sql(")"));
        let insert = (!self.linked.is_empty()).then(|| {
            Statement::new(link.insert)
                .bind(self.exercises.clone())
                .sql(", ")
                .bind(value(&self.linked))
                .sql(") AS wanted (exercise_id, linked)")
        });
        delete.into_iter().chain(insert)
    }
}

/// What must be written to make the database equal to the file.
#[derive(Default)]
pub(super) struct Changes<'a> {
    inserted: Vec<(Uuid, &'a Wanted<'a>)>,
    updated: Vec<(Uuid, &'a Wanted<'a>)>,
    unchanged: usize,
    links: [LinkChanges<i16>; 4],
    aliases: LinkChanges<String>,
}

impl<'a> Changes<'a> {
    /// What leads from the stored exercises, by slug, to those that are wanted.
    pub(super) fn between(
        stored: &HashMap<String, Stored>,
        wanted: &'a [Wanted<'a>],
        new_id: &dyn Fn() -> ExerciseId,
    ) -> Self {
        let mut changes = Self::default();
        for exercise in wanted {
            match stored.get(exercise.slug()) {
                None => changes.insert(new_id().uuid(), exercise),
                Some(stored) => changes.update(stored, exercise),
            }
        }
        changes
    }

    /// The exercise is not there yet.
    fn insert(&mut self, id: Uuid, wanted: &'a Wanted<'a>) {
        self.inserted.push((id, wanted));
        for (changes, linked) in self.links.iter_mut().zip(&wanted.links) {
            changes.add(id, linked.as_deref().unwrap_or_default());
        }
        self.aliases.add(id, wanted.aliases.as_deref().unwrap_or_default());
    }

    /// The exercise is there, and may be right already.
    fn update(&mut self, stored: &Stored, wanted: &'a Wanted<'a>) {
        let mut differs = !stored.has_attributes_of(wanted);
        for ((changes, old), new) in self.links.iter_mut().zip(stored.links()).zip(&wanted.links) {
            if let Some(new) = new.as_deref().filter(|new| *new != old) {
                changes.replace(stored.id, new);
                differs = true;
            }
        }
        if let Some(new) = wanted.aliases.as_deref().filter(|new| *new != stored.aliases) {
            self.aliases.replace(stored.id, new);
            differs = true;
        }
        if differs {
            self.updated.push((stored.id, wanted));
        } else {
            self.unchanged += 1;
        }
    }

    pub(super) fn outcome(&self) -> SeedOutcome {
        SeedOutcome { inserted: self.inserted.len(), updated: self.updated.len(), unchanged: self.unchanged }
    }

    /// The statements that write the changes; none if there are none. Updates go first, for they may free a name.
    pub(super) fn statements(&self, now: DateTime<Utc>) -> Vec<Statement<()>> {
        let mut statements = Vec::new();
        if !self.updated.is_empty() {
            statements.push(update(&self.updated, now));
        }
        if !self.inserted.is_empty() {
            statements.push(insert(&self.inserted, now));
        }
        for (changes, link) in self.links.iter().zip(&LINKS) {
            statements.extend(changes.statements(link, |ids| ids.to_vec().into()));
        }
        let aliases = |aliases: &[String]| aliases.iter().cloned().map(Some).collect::<Vec<_>>().into();
        statements.extend(self.aliases.statements(&ALIASES, aliases));
        statements
    }
}

fn update(rows: &[(Uuid, &Wanted<'_>)], now: DateTime<Utc>) -> Statement<()> {
    let statement = Statement::new("UPDATE exercises SET updated_at = ").bind(now).sql(
        ", name = wanted.name, force = wanted.force::force_enum, \
         difficulty_level = wanted.difficulty_level::difficulty_level_enum, \
         mechanic = wanted.mechanic::mechanic_enum, category = wanted.category::category_enum, \
         instructions = wanted.instructions, \
         image_path_start = CASE WHEN wanted.pictures IS NULL THEN exercises.image_path_start \
         ELSE wanted.image_path_start END, \
         image_path_end = CASE WHEN wanted.pictures IS NULL THEN exercises.image_path_end \
         ELSE wanted.image_path_end END FROM ",
    );
    as_table(statement, rows).sql(" WHERE exercises.id = wanted.id")
}

fn insert(rows: &[(Uuid, &Wanted<'_>)], now: DateTime<Utc>) -> Statement<()> {
    let statement = Statement::new(
        "INSERT INTO exercises (is_system_default, created_at, updated_at, id, slug, name, force, difficulty_level, \
         mechanic, category, instructions, image_path_start, image_path_end) SELECT true, ",
    )
    .bind(now)
    .sql(", ")
    .bind(now)
    .sql(
        ", id, slug, name, force::force_enum, difficulty_level::difficulty_level_enum, mechanic::mechanic_enum, \
         category::category_enum, instructions, image_path_start, image_path_end FROM ",
    );
    as_table(statement, rows)
}
