//! Access to a training unit or plan that its owner gave to somebody.

use chrono::{DateTime, Utc};

use super::AccessLevel;
use crate::{
    TrainingPlanId, TrainingUnitId, UserId,
    account::{Email, PersonName},
};

/// What can be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// A training unit.
    Unit(TrainingUnitId),
    /// A training plan.
    Plan(TrainingPlanId),
}

/// A grant, with who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Who was given access.
    pub user_id: UserId,
    /// Their address.
    pub email: Email,
    /// Their name.
    pub name: Option<PersonName>,
    /// What for.
    pub level: AccessLevel,
    /// Who gave it; `None` once their account is gone.
    pub granted_by: Option<UserId>,
    /// When it was given first.
    pub created_at: DateTime<Utc>,
}
