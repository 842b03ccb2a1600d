//! Built-in training programmes: loading them for everybody to start with.

mod ids;
mod model;

use std::collections::{HashMap, HashSet};

use ids::{plan_id, unit_id};
use irontrack_domain::{
    ExerciseId, TrainingPlanId, TrainingUnitId, UserId,
    account::Email,
    exercise::Slug,
    training::{MyAccess, SharingStatus, TrainingPlan, TrainingUnit, UnitEntry},
};
use irontrack_ports::{
    Constraint, RepositoryError, UnitOfWork,
    repo::{EntryToStore, NewTemplate, PlanUnitToStore, SeedOutcome, TemplateChanges},
};
pub use model::{Programme, ProgrammeDay, ProgrammeEntry, ProgrammePlan, ProgrammeUnit};
use thiserror::Error;

use super::Setup;
use crate::{ErrorKind, UseCaseError, unit_of_work::finish};

/// What loading programmes did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProgrammeReport {
    /// What became of the plans.
    pub plans: SeedOutcome,
    /// What became of the units in them.
    pub units: SeedOutcome,
}

/// Why programmes were not loaded.
#[derive(Debug, Error)]
pub enum ProgrammeError {
    /// There is no system administrator to whom they could belong.
    #[error("there is no system administrator yet, to whom the programmes would belong; create one first")]
    NoAdministrator,
    /// The catalogue lacks an exercise of a programme.
    #[error("the catalogue has no exercise '{0}'; load the catalogue first")]
    NoExercise(Slug),
    /// The system administrator has a unit or plan of their own by the name of a built-in one.
    #[error("the system administrator has another training {what} named '{name}'; rename it first")]
    NameTaken {
        /// `unit` or `plan`.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl UseCaseError for ProgrammeError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NoAdministrator | Self::NoExercise(_) | Self::NameTaken { .. } => ErrorKind::Conflict,
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoAdministrator => "administrator-missing",
            Self::NoExercise(_) => "exercise-missing",
            Self::NameTaken { .. } => "programme-name-taken",
            Self::Repository(error) => error.code(),
        }
    }
}

/// What became of one unit or plan.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Inserted,
    Updated,
    Unchanged,
    /// It is not the administrator's.
    LeftAlone,
}

/// Which units and plans are there already, whoever may see them.
struct Found {
    units: HashSet<TrainingUnitId>,
    plans: HashSet<TrainingPlanId>,
}

impl Setup {
    /// Loads programmes in one transaction, as public plans of the system administrator with that address. Plans and units
    /// are known by their slugs: what is right already is not touched, what differs is brought up to date, and what lost
    /// its owner or was hidden from the administrator is left alone, and no plan is made of such units. For whom a plan or
    /// unit is there is not changed again.
    ///
    /// # Errors
    /// [`ProgrammeError`].
    pub async fn load_programmes(
        &self,
        programmes: &[Programme],
        administrator: &Email,
    ) -> Result<ProgrammeReport, ProgrammeError> {
        let owner = self.account(administrator).await?.ok_or(ProgrammeError::NoAdministrator)?.id;
        let exercises = self.exercises.system().await?;
        let exercises =
            exercises.into_iter().filter_map(|exercise| Some((exercise.slug?, (exercise.id, exercise.name))));
        let exercises: HashMap<Slug, (ExerciseId, String)> = exercises.collect();
        let mut work = self.units.begin().await?;
        let outcome = self.load_in(&mut *work, programmes, owner, &exercises).await;
        let report = finish(work, outcome).await?;
        tracing::info!(?report, "training programmes loaded");
        Ok(report)
    }

    async fn load_in(
        &self,
        work: &mut dyn UnitOfWork,
        programmes: &[Programme],
        owner: UserId,
        exercises: &HashMap<Slug, (ExerciseId, String)>,
    ) -> Result<ProgrammeReport, ProgrammeError> {
        // Of two who load at the same time the second one finds what the first one did.
        work.accounts().lock_for_naming(owner).await?;
        let found = lock_all(work, programmes).await?;
        let mut report = ProgrammeReport::default();
        for programme in programmes {
            let mut schedule = Some(schedule(programme));
            for unit in &programme.units {
                let fate = self.load_unit(work, unit, owner, exercises, &found).await?;
                count(&mut report.units, fate);
                if fate == Fate::LeftAlone {
                    schedule = None;
                }
            }
            count(&mut report.plans, self.load_plan(work, programme, owner, schedule.as_deref(), &found).await?);
        }
        Ok(report)
    }

    async fn load_unit(
        &self,
        work: &mut dyn UnitOfWork,
        unit: &ProgrammeUnit,
        owner: UserId,
        exercises: &HashMap<Slug, (ExerciseId, String)>,
        found: &Found,
    ) -> Result<Fate, ProgrammeError> {
        let id = unit_id(&unit.slug);
        let now = self.clock.now();
        let taken = |error| match error {
            RepositoryError::Conflict(Constraint::TrainingUnitName) => {
                ProgrammeError::NameTaken { what: "unit", name: unit.name.as_str().to_owned() }
            }
            error => error.into(),
        };
        let stored = work.training_units().read(owner, id).await?;
        let ids = stored.iter().flat_map(|unit| &unit.entries).map(|entry| Some(entry.id));
        let entries = unit.entries.iter().zip(ids.chain(std::iter::repeat(None)));
        let entries = entries.map(|(entry, id)| {
            let (exercise_id, exercise_name) = exercises
                .get(&entry.exercise)
                .cloned()
                .ok_or_else(|| ProgrammeError::NoExercise(entry.exercise.clone()))?;
            let ProgrammeEntry { mode, prescription, notes, .. } = entry.clone();
            Ok(EntryToStore { id, exercise_id: Some(exercise_id), exercise_name, mode, prescription, notes })
        });
        let entries = entries.collect::<Result<Vec<_>, ProgrammeError>>()?;
        let Some(stored) = stored else {
            if found.units.contains(&id) {
                return Ok(Fate::LeftAlone);
            }
            let (name, description) = (unit.name.clone(), unit.description.clone());
            let new = NewTemplate { owner, name, description, sharing_status: SharingStatus::Public };
            work.training_units().insert(id, &new, &entries, now).await.map_err(taken)?;
            return Ok(Fate::Inserted);
        };
        if stored.head.my_access != MyAccess::Owner {
            return Ok(Fate::LeftAlone);
        }
        let changes = TemplateChanges {
            name: Some(unit.name.clone()).filter(|name| *name != stored.head.name),
            description: Some(unit.description.clone()).filter(|text| *text != stored.head.description),
            sharing_status: None,
        };
        let (renames, rewrites) = (changes.name.is_some() || changes.description.is_some(), !same(&entries, &stored));
        if renames {
            work.training_units().update(id, &changes, now).await.map_err(taken)?;
        }
        if rewrites {
            work.training_units().write_entries(id, &entries, now).await?;
        }
        Ok(if renames || rewrites { Fate::Updated } else { Fate::Unchanged })
    }

    /// Without a schedule, because a unit in it is not the administrator's, no plan is made and none scheduled anew.
    async fn load_plan(
        &self,
        work: &mut dyn UnitOfWork,
        programme: &Programme,
        owner: UserId,
        schedule: Option<&[PlanUnitToStore]>,
        found: &Found,
    ) -> Result<Fate, ProgrammeError> {
        let id = plan_id(&programme.slug);
        let now = self.clock.now();
        let plan = &programme.plan;
        let taken = |error| match error {
            RepositoryError::Conflict(Constraint::TrainingPlanName) => {
                ProgrammeError::NameTaken { what: "plan", name: plan.name.as_str().to_owned() }
            }
            error => error.into(),
        };
        let Some(stored) = work.training_plans().read(owner, id).await? else {
            let Some(schedule) = schedule.filter(|_| !found.plans.contains(&id)) else { return Ok(Fate::LeftAlone) };
            let (name, description) = (plan.name.clone(), plan.description.clone());
            let new = NewTemplate { owner, name, description, sharing_status: SharingStatus::Public };
            work.training_plans().insert(id, &new, plan.difficulty_level, schedule, now).await.map_err(taken)?;
            return Ok(Fate::Inserted);
        };
        if stored.head.my_access != MyAccess::Owner {
            return Ok(Fate::LeftAlone);
        }
        let changes = TemplateChanges {
            name: Some(plan.name.clone()).filter(|name| *name != stored.head.name),
            description: Some(plan.description.clone()).filter(|text| *text != stored.head.description),
            sharing_status: None,
        };
        let level = Some(plan.difficulty_level).filter(|level| *level != stored.difficulty_level);
        let renames = changes.name.is_some() || changes.description.is_some() || level.is_some();
        if renames {
            work.training_plans().update(id, &changes, level, now).await.map_err(taken)?;
        }
        let rewritten = schedule.filter(|schedule| !is_scheduled(schedule, &stored));
        if let Some(schedule) = rewritten {
            work.training_plans().write_schedule(id, schedule, now).await?;
        }
        Ok(if renames || rewritten.is_some() { Fate::Updated } else { Fate::Unchanged })
    }
}

/// Locks what is there of the programmes before anything is written: all plans, then all units, each by id, as everybody
/// does who uses them meanwhile.
async fn lock_all(work: &mut dyn UnitOfWork, programmes: &[Programme]) -> Result<Found, RepositoryError> {
    let plans: Vec<_> = programmes.iter().map(|programme| plan_id(&programme.slug)).collect();
    let plans = work.training_plans().lock_all(&plans).await?.into_iter().collect();
    let units = programmes.iter().flat_map(|programme| &programme.units);
    let units: Vec<_> = units.map(|unit| unit_id(&unit.slug)).collect();
    let units = work.training_units().lock_all(&units).await?.into_iter().collect();
    Ok(Found { units, plans })
}

fn count(outcome: &mut SeedOutcome, fate: Fate) {
    match fate {
        Fate::Inserted => outcome.inserted += 1,
        Fate::Updated => outcome.updated += 1,
        Fate::Unchanged | Fate::LeftAlone => outcome.unchanged += 1,
    }
}

/// Whether the stored entries say what they should. The names of exercises are those of when they were chosen.
fn same(entries: &[EntryToStore], stored: &TrainingUnit) -> bool {
    let says = |(wanted, stored): (&EntryToStore, &UnitEntry)| {
        (wanted.exercise_id, wanted.mode, &wanted.prescription, &wanted.notes)
            == (stored.exercise_id, stored.mode, &stored.prescription, &stored.notes)
    };
    entries.len() == stored.entries.len() && entries.iter().zip(&stored.entries).all(says)
}

/// The days of a plan as they are stored, those of one day in their order.
fn schedule(programme: &Programme) -> Vec<PlanUnitToStore> {
    let units: Vec<_> = programme.units.iter().map(|unit| unit_id(&unit.slug)).collect();
    let mut placed: Vec<PlanUnitToStore> = Vec::with_capacity(programme.plan.schedule.len());
    for day in &programme.plan.schedule {
        let place = placed.last().filter(|last| last.day == day.day_number).map_or(0, |last| last.place + 1);
        let unit =
            units.get(day.unit).map(|&unit_id| PlanUnitToStore { id: None, day: day.day_number, place, unit_id });
        placed.extend(unit);
    }
    placed
}

fn is_scheduled(wanted: &[PlanUnitToStore], stored: &TrainingPlan) -> bool {
    let wanted = wanted.iter().map(|unit| (unit.day, unit.place, unit.unit_id));
    wanted.eq(stored.units.iter().map(|unit| (unit.day, unit.place, unit.unit_id)))
}
