//! The system catalogue.

use irontrack_domain::{
    ExerciseId, UserId,
    catalogue::{CatalogueItem, CatalogueKind},
};
use irontrack_ports::{
    PageRequest, RepositoryError, UnitOfWork,
    query::{ExerciseFilter, ExerciseOrder, ExerciseScope},
    repo::{SeedOutcome, SystemExercise},
};
use uuid::Uuid;

use super::Setup;
use crate::{
    copies::{Group, Outdated},
    unit_of_work::finish_and_tell,
};

/// Everything that an installation starts with.
#[derive(Debug, Clone, Default)]
pub struct SystemCatalogue {
    /// Muscle groups.
    pub muscle_groups: Vec<CatalogueItem>,
    /// Equipment.
    pub equipment: Vec<CatalogueItem>,
    /// Tags.
    pub exercise_tags: Vec<CatalogueItem>,
    /// System exercises.
    pub exercises: Vec<SystemExercise>,
}

impl SystemCatalogue {
    /// The items of one catalogue.
    #[must_use]
    pub fn items(&self, kind: CatalogueKind) -> &[CatalogueItem] {
        match kind {
            CatalogueKind::MuscleGroups => &self.muscle_groups,
            CatalogueKind::Equipment => &self.equipment,
            CatalogueKind::ExerciseTags => &self.exercise_tags,
        }
    }
}

/// What seeding did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SeedReport {
    /// Catalogue items that were new.
    pub items_inserted: usize,
    /// What became of the exercises.
    pub exercises: SeedOutcome,
}

impl Setup {
    /// Whether there is no system exercise.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn is_catalogue_empty(&self) -> Result<bool, RepositoryError> {
        let filter = ExerciseFilter {
            caller: UserId::new(Uuid::nil()),
            scope: ExerciseScope::System,
            search: None,
            primary_muscles: Vec::new(),
            equipment: Vec::new(),
            tags: Vec::new(),
            category: None,
            difficulty_level: None,
            order: ExerciseOrder::Relevance,
            page: PageRequest::numbered(1, 1),
        };
        Ok(self.exercises.page(&filter).await?.total == 0)
    }

    /// Loads the catalogue in one transaction. Exercises are matched by slug, and what is right already is not touched;
    /// custom exercises never are.
    ///
    /// # Errors
    /// Those of the database, among them a conflict with a name that an administrator gave.
    pub async fn seed(&self, catalogue: &SystemCatalogue) -> Result<SeedReport, RepositoryError> {
        let mut unit = self.units.begin().await?;
        let outcome = self.seed_in(&mut *unit, catalogue).await;
        let lists = CatalogueKind::ALL.map(Group::Catalogue).into_iter().chain([Group::Exercises]);
        let outcome = outcome.map(|report| (report, Outdated::new(lists.map(Group::key))));
        let report = finish_and_tell(unit, &self.copies, outcome).await?;
        tracing::info!(?report, "system catalogue loaded");
        Ok(report)
    }

    async fn seed_in(
        &self,
        unit: &mut dyn UnitOfWork,
        catalogue: &SystemCatalogue,
    ) -> Result<SeedReport, RepositoryError> {
        let mut items_inserted = 0;
        for kind in CatalogueKind::ALL {
            items_inserted += unit.catalogues().seed(kind, catalogue.items(kind)).await?;
        }
        let new_id = || ExerciseId::new(Uuid::now_v7());
        let exercises = unit.exercises().seed_system(&catalogue.exercises, &new_id, self.clock.now()).await?;
        Ok(SeedReport { items_inserted, exercises })
    }
}
