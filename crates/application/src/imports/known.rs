//! What the names of a file are compared with: read before the file is, so that nobody waits for it inside a transaction.

use std::collections::HashMap;

use irontrack_domain::{
    ExerciseId, UserId,
    catalogue::{CatalogueItem, CatalogueKind},
    exercise::Exercise,
};
use irontrack_interchange::{Candidate, folded};
use irontrack_ports::{RepositoryError, query::CatalogueFilter};

use super::ImportReads;

/// How many custom exercises are read at a time.
const MANY: i64 = 100;

/// An exercise that may be meant.
#[derive(Debug, Clone)]
pub(super) struct KnownExercise {
    pub(super) id: ExerciseId,
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    pub(super) is_custom: bool,
}

/// Exercises that may be meant, and the items of catalogues by their names.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) exercises: Vec<KnownExercise>,
    pub(super) remembered: HashMap<String, ExerciseId>,
    muscles: HashMap<String, i16>,
    equipment: HashMap<String, i16>,
}

impl Known {
    /// Reads what there is for an account: the system catalogue and its own exercises.
    pub(super) async fn of(reads: &ImportReads, owner: UserId) -> Result<Self, RepositoryError> {
        let mut known = Self::default();
        known
            .exercises
            .extend(reads.exercises.system().await?.into_iter().map(|exercise| exercise_of(exercise, false)));
        let mut after = None;
        loop {
            let part = reads.export.exercises_of(owner, after, MANY).await?;
            let Some(last) = part.last() else { break };
            after = Some(last.id);
            known.exercises.extend(part.into_iter().map(|exercise| exercise_of(exercise, true)));
        }
        known.remembered.extend(reads.imports.meanings(owner).await?);
        let filter = CatalogueFilter::default();
        known.muscles = by_name(reads.catalogues.list(CatalogueKind::MuscleGroups, &filter).await?);
        known.equipment = by_name(reads.catalogues.list(CatalogueKind::Equipment, &filter).await?);
        Ok(known)
    }

    /// What can be meant, for the matcher.
    pub(super) fn candidates(&self) -> impl Iterator<Item = Candidate<'_>> {
        self.exercises.iter().map(|known| Candidate {
            id: known.id,
            name: &known.name,
            aliases: &known.aliases,
            is_custom: known.is_custom,
        })
    }

    /// Muscle groups of an export by their names, ascending: another installation may count them differently. Unknown ones are
    /// left out.
    pub(super) fn muscles(&self, items: &[CatalogueItem]) -> Vec<i16> {
        ids(&self.muscles, items)
    }

    /// Equipment likewise.
    pub(super) fn equipment(&self, items: &[CatalogueItem]) -> Vec<i16> {
        ids(&self.equipment, items)
    }
}

fn exercise_of(exercise: Exercise, is_custom: bool) -> KnownExercise {
    KnownExercise { id: exercise.id, name: exercise.name, aliases: exercise.aliases, is_custom }
}

fn by_name(items: Vec<CatalogueItem>) -> HashMap<String, i16> {
    items.into_iter().map(|item| (folded(&item.name), item.id)).collect()
}

fn ids(known: &HashMap<String, i16>, items: &[CatalogueItem]) -> Vec<i16> {
    let mut ids: Vec<i16> = items.iter().filter_map(|item| known.get(&folded(&item.name)).copied()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
