//! Starting and recording sessions.

use irontrack_domain::{
    TrainingPlanId, TrainingSessionId, TrainingUnitId,
    account::Principal,
    training::session::{SessionExercise, TrainingSession},
};
use irontrack_ports::{
    UnitOfWork,
    repo::{DoneExercise, NewTrainingSession, SessionDetails},
};
use uuid::Uuid;

use super::{ExerciseDraft, SessionDraft, SessionError, Source, TrainingSessions, read};
use crate::{Answered, Once, exercises::Names, unit_of_work::within};

impl TrainingSessions {
    /// Starts a session, or records one that was finished elsewhere. From a unit it takes over what that prescribes.
    ///
    /// # Errors
    /// [`SessionError`]: an unknown plan, unit or exercise, or a unit that does not stand in the plan.
    pub async fn create(
        &self,
        caller: &Principal,
        draft: SessionDraft,
        once: &Once<'_, TrainingSession>,
    ) -> Result<Answered, SessionError> {
        let now = self.clock.now();
        let create = async |work: &mut dyn UnitOfWork| {
            // The account first: everybody locks in this order, and its deletion finds all sessions.
            if !work.accounts().lock_active(caller.user_id).await? {
                return Err(SessionError::OwnerGone);
            }
            let SessionDraft { source, course, time_zone, notes } = draft;
            let mut session = NewTrainingSession {
                id: TrainingSessionId::new(Uuid::now_v7()),
                owner: caller.user_id,
                plan: None,
                unit: None,
                details: SessionDetails { course, time_zone, notes },
            };
            let exercises = match source {
                Source::Freestyle(drafts) => freestyle(work, caller, drafts).await?,
                Source::Unit { unit, plan } => planned(work, &mut session, unit, plan).await?,
            };
            work.training_sessions().insert(&session, &exercises, now).await?;
            read(work, caller.user_id, session.id).await
        };
        within(&*self.works, async |work| once.run(work, caller.user_id, now, create).await).await
    }
}

async fn freestyle(
    work: &mut dyn UnitOfWork,
    caller: &Principal,
    drafts: Vec<ExerciseDraft>,
) -> Result<Vec<DoneExercise>, SessionError> {
    let names = Names::look_up::<SessionError>(work, caller, drafts.iter().map(|draft| draft.exercise_id)).await?;
    let mut exercises = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let name = names.of(draft.exercise_id)?;
        exercises.push(draft.named(name));
    }
    Ok(exercises)
}

/// The exercises of a unit. Plan and unit, in the order in which everybody locks them, stay as they are until the session
/// is stored.
async fn planned(
    work: &mut dyn UnitOfWork,
    session: &mut NewTrainingSession,
    unit: TrainingUnitId,
    plan: Option<TrainingPlanId>,
) -> Result<Vec<DoneExercise>, SessionError> {
    let owner = session.owner;
    if let Some(id) = plan {
        let plan = work.training_plans().keep(owner, id).await?.ok_or(SessionError::PlanNotFound)?;
        if !plan.units.iter().any(|scheduled| scheduled.unit_id == unit) {
            return Err(SessionError::UnitNotFound);
        }
        session.plan = Some((id, plan.head.name));
    }
    let unit = work.training_units().keep(owner, unit).await?.ok_or(SessionError::UnitNotFound)?;
    session.unit = Some((unit.id, unit.head.name));
    let exercises = SessionExercise::planned(unit.entries).into_iter();
    Ok(exercises.map(|exercise| DoneExercise { exercise, sets: Vec::new() }).collect())
}
