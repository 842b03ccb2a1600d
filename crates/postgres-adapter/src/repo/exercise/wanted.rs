//! What a catalogue file says, in the form in which it is compared and stored.

use irontrack_domain::exercise::{ExerciseAlias, Force, ImagePath, Instructions, Mechanic};
use irontrack_ports::repo::SystemExercise;
use uuid::Uuid;

use crate::statement::Statement;

/// To what an exercise is linked, and where the links are.
pub(super) struct Link {
    pub(super) delete: &'static str,
    pub(super) insert: &'static str,
}

macro_rules! link {
    ($table:literal, $column:literal) => {
        Link {
            delete: concat!("DELETE FROM ", $table, " WHERE exercise_id = ANY ("),
            insert: concat!(
                "INSERT INTO ",
                $table,
                " (exercise_id, ",
                $column,
                ") SELECT exercise_id, linked FROM unnest("
            ),
        }
    };
}

/// The links of [`Wanted::links`] and [`Stored::links`](super::seed::Stored::links), in the same order.
pub(super) const LINKS: [Link; 4] = [
    link!("exercise_primary_muscles", "muscle_group_id"),
    link!("exercise_secondary_muscles", "muscle_group_id"),
    link!("exercise_equipment", "equipment_id"),
    link!("exercise_tag_map", "tag_id"),
];

pub(super) const ALIASES: Link = link!("exercise_aliases", "alias");

/// A system exercise with its links and aliases sorted and without repetitions. `None` is not known.
pub(super) struct Wanted<'a> {
    pub(super) exercise: &'a SystemExercise,
    pub(super) links: [Option<Vec<i16>>; 4],
    pub(super) aliases: Option<Vec<String>>,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(exercise: &'a SystemExercise) -> Self {
        let SystemExercise { primary_muscles, secondary_muscles, equipment, tags, .. } = exercise;
        let links = [Some(primary_muscles), Some(secondary_muscles), Some(equipment), tags.as_ref()];
        let aliases = exercise.aliases.as_deref().map(|aliases| {
            let aliases: Vec<String> = aliases.iter().map(ExerciseAlias::as_str).map(str::to_owned).collect();
            sorted(&aliases)
        });
        Self { exercise, links: links.map(|ids| ids.map(|ids| sorted(ids))), aliases }
    }

    pub(super) fn slug(&self) -> &'a str {
        self.exercise.slug.as_str()
    }
}

fn sorted<T: Clone + Ord>(values: &[T]) -> Vec<T> {
    let mut values = values.to_vec();
    values.sort_unstable();
    values.dedup();
    values
}

/// Goes on with a table `wanted` that has a row for each exercise, its columns named as those of `exercises`.
pub(super) fn as_table(statement: Statement<()>, rows: &[(Uuid, &Wanted<'_>)]) -> Statement<()> {
    let texts = |text: fn(&SystemExercise) -> Option<&str>| {
        rows.iter().map(|(_, wanted)| text(wanted.exercise).map(str::to_owned)).collect::<Vec<_>>()
    };
    statement
        .sql("unnest(")
        .bind(rows.iter().map(|&(id, _)| id).collect::<Vec<_>>())
        .sql(", ")
        .bind(texts(|e| Some(e.slug.as_str())))
        .sql(", ")
        .bind(texts(|e| Some(e.name.as_str())))
        .sql(", ")
        .bind(texts(|e| e.force.map(Force::as_str)))
        .sql(", ")
        .bind(texts(|e| Some(e.difficulty_level.as_str())))
        .sql(", ")
        .bind(texts(|e| e.mechanic.map(Mechanic::as_str)))
        .sql(", ")
        .bind(texts(|e| Some(e.category.as_str())))
        .sql(", ")
        .bind(texts(|e| e.instructions.as_ref().map(Instructions::as_str)))
        .sql(", ")
        .bind(texts(|e| e.pictures.as_ref().map(|_| "known")))
        .sql(", ")
        .bind(texts(|e| e.pictures.as_ref().and_then(|pictures| pictures.start.as_ref()).map(ImagePath::as_str)))
        .sql(", ")
        .bind(texts(|e| e.pictures.as_ref().and_then(|pictures| pictures.end.as_ref()).map(ImagePath::as_str)))
        .sql(
            ") AS wanted (id, slug, name, force, difficulty_level, mechanic, category, instructions, pictures, \
             image_path_start, image_path_end)",
        )
}
