//! Everything of an account, in parts, so that it takes the same room however much there is.
//!
//! Parts are read one after the other when they are wanted, each in a statement of its own, so that a slow reader holds
//! no connection. What is changed in between may be in the export or not, and a session whose start is changed may be in it
//! at both.

mod turns;

use std::sync::Arc;

use irontrack_domain::{
    ExerciseId, TrainingPlanId, TrainingUnitId, UserId,
    exercise::Exercise,
    training::{TrainingPlan, TrainingUnit, session::TrainingSession},
};
use irontrack_ports::{
    RepositoryError,
    query::{ExportQueries, GrantPosition, SessionPosition, SharedTemplate},
};

use turns::Turns;
pub use turns::{ExportTurn, ExportTurnError};

/// How many things are read at a time.
const MANY: i64 = 100;

/// The same of those that hold long texts and lists of their own.
const FEW: i64 = 10;

/// A part of an export, which may be empty.
#[derive(Debug, Clone)]
pub enum ExportPart {
    /// Custom exercises.
    Exercises(Vec<Exercise>),
    /// Training units.
    Units(Vec<TrainingUnit>),
    /// Training plans.
    Plans(Vec<TrainingPlan>),
    /// Grants that the account gave or was given.
    Grants(Vec<SharedTemplate>),
    /// Training sessions.
    Sessions(Vec<TrainingSession>),
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportPlace {
    /// Exercises come next.
    Exercises(Option<ExerciseId>),
    /// Units come next.
    Units(Option<TrainingUnitId>),
    /// Plans come next.
    Plans(Option<TrainingPlanId>),
    /// Grants come next.
    Grants(Option<GrantPosition>),
    /// Sessions come next.
    Sessions(Option<SessionPosition>),
    /// Nothing is left.
    End,
}

impl ExportPlace {
    /// The beginning.
    pub const START: Self = Self::Exercises(None);
}

/// Reads everything of an account.
#[derive(Clone)]
pub struct Export {
    queries: Arc<dyn ExportQueries>,
    turns: Turns,
}

impl std::fmt::Debug for Export {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Export").finish_non_exhaustive()
    }
}

impl Export {
    /// Wires the port.
    #[must_use]
    pub fn new(queries: Arc<dyn ExportQueries>) -> Self {
        Self { queries, turns: Turns::default() }
    }

    /// Begins an export that is sent to a client.
    ///
    /// # Errors
    /// [`ExportTurnError`] if there are too many already.
    pub fn begin(&self, owner: UserId) -> Result<ExportTurn, ExportTurnError> {
        self.turns.begin(owner)
    }

    /// The part at a place, and the place behind it; `None` at the end. Kinds come in the order of [`ExportPlace`], each at
    /// least once.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn part(
        &self,
        owner: UserId,
        place: ExportPlace,
    ) -> Result<Option<(ExportPart, ExportPlace)>, RepositoryError> {
        let queries = &self.queries;
        Ok(Some(match place {
            ExportPlace::Exercises(after) => {
                let items = queries.exercises_of(owner, after, MANY).await?;
                let next = items.last().map(|exercise| ExportPlace::Exercises(Some(exercise.id)));
                (ExportPart::Exercises(items), next.unwrap_or(ExportPlace::Units(None)))
            }
            ExportPlace::Units(after) => {
                let items = queries.units_of(owner, after, FEW).await?;
                let next = items.last().map(|unit| ExportPlace::Units(Some(unit.id)));
                (ExportPart::Units(items), next.unwrap_or(ExportPlace::Plans(None)))
            }
            ExportPlace::Plans(after) => {
                let items = queries.plans_of(owner, after, FEW).await?;
                let next = items.last().map(|plan| ExportPlace::Plans(Some(plan.id)));
                (ExportPart::Plans(items), next.unwrap_or(ExportPlace::Grants(None)))
            }
            ExportPlace::Grants(after) => {
                let items = queries.grants_of(owner, after, MANY).await?;
                let next = items.last().map(|shared| ExportPlace::Grants(Some(shared.position())));
                (ExportPart::Grants(items), next.unwrap_or(ExportPlace::Sessions(None)))
            }
            ExportPlace::Sessions(after) => {
                let items = queries.sessions_of(owner, after, FEW).await?;
                let next = items.last().map(|session| {
                    let position = SessionPosition { start: session.head.course.start().time(), id: session.head.id() };
                    ExportPlace::Sessions(Some(position))
                });
                (ExportPart::Sessions(items), next.unwrap_or(ExportPlace::End))
            }
            ExportPlace::End => return Ok(None),
        }))
    }
}
