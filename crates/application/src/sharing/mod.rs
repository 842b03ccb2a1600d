//! Sharing of training units and plans: owners give others access to what is theirs.

mod error;

use std::sync::Arc;

pub use error::SharingError;
use irontrack_domain::{
    EntityTag, UserId,
    account::{Email, Principal},
    training::{AccessLevel, Grant, MyAccess, Template, TrainingPlan, TrainingUnit, limits},
};
use irontrack_ports::{Clock, UnitOfWork, UnitOfWorkFactory, query::GrantQueries};

use crate::{Outdated, Precondition, tag, unit_of_work::within};

/// Gives, lists and takes away access to units and plans.
pub struct Sharing {
    works: Arc<dyn UnitOfWorkFactory>,
    queries: Arc<dyn GrantQueries>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Sharing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sharing").finish_non_exhaustive()
    }
}

/// Access that was given or changed.
#[derive(Debug, Clone)]
pub struct Given {
    /// The grant as it is now.
    pub grant: Grant,
    /// Whether there was none before.
    pub is_new: bool,
    /// The tag of the unit or plan.
    pub tag: EntityTag,
}

/// A unit or plan that is locked.
enum Locked {
    Unit(Box<TrainingUnit>),
    Plan(Box<TrainingPlan>),
}

impl Locked {
    async fn lock(work: &mut dyn UnitOfWork, caller: UserId, template: Template) -> Result<Self, SharingError> {
        let locked = match template {
            Template::Unit(id) => work.training_units().lock(caller, id).await?.map(|unit| Self::Unit(Box::new(unit))),
            Template::Plan(id) => work.training_plans().lock(caller, id).await?.map(|plan| Self::Plan(Box::new(plan))),
        };
        locked.ok_or(SharingError::NotFound(template))
    }

    fn access(&self) -> MyAccess {
        match self {
            Self::Unit(unit) => unit.head.my_access,
            Self::Plan(plan) => plan.head.my_access,
        }
    }

    fn check(&self, precondition: &Precondition) -> Result<(), Outdated> {
        match self {
            Self::Unit(unit) => precondition.check(unit),
            Self::Plan(plan) => precondition.check(plan),
        }
    }

    fn tag(&self) -> EntityTag {
        match self {
            Self::Unit(unit) => tag(unit),
            Self::Plan(plan) => tag(plan),
        }
    }
}

impl Sharing {
    /// Wires the ports.
    #[must_use]
    pub fn new(works: Arc<dyn UnitOfWorkFactory>, queries: Arc<dyn GrantQueries>, clock: Arc<dyn Clock>) -> Self {
        Self { works, queries, clock }
    }

    /// All grants on a unit or plan of the caller's, by address.
    ///
    /// # Errors
    /// [`SharingError`]: not found, not the caller's.
    pub async fn grants(&self, caller: UserId, template: Template) -> Result<Vec<Grant>, SharingError> {
        let found = self.queries.grants(caller, template).await?;
        let (access, grants) = found.ok_or(SharingError::NotFound(template))?;
        if access.may_manage() { Ok(grants) } else { Err(SharingError::NotManageable(template)) }
    }

    /// Gives somebody access to a unit or plan of the caller's, or changes what they have. Without a level a new grant is
    /// for reading, and one that is there stays as it is.
    ///
    /// # Errors
    /// [`SharingError`]: not found, not the caller's, changed meanwhile, the caller themselves, an unknown address, then
    /// too many grants.
    pub async fn give(
        &self,
        caller: &Principal,
        template: Template,
        email: &Email,
        level: Option<AccessLevel>,
        precondition: &Precondition,
    ) -> Result<Given, SharingError> {
        within(&*self.works, async |work| {
            self.give_in(work, caller.user_id, template, email, level, precondition).await
        })
        .await
    }

    async fn give_in(
        &self,
        work: &mut dyn UnitOfWork,
        caller: UserId,
        template: Template,
        email: &Email,
        level: Option<AccessLevel>,
        precondition: &Precondition,
    ) -> Result<Given, SharingError> {
        let locked = Locked::lock(work, caller, template).await?;
        if !locked.access().may_manage() {
            return Err(SharingError::NotManageable(template));
        }
        locked.check(precondition)?;
        let user = work.accounts().keep_active(&email.canonical()).await?.ok_or(SharingError::UserNotFound)?.id;
        if user == caller {
            return Err(SharingError::Yourself);
        }
        let is_new = work.grants().of(template, user).await?.is_none();
        if is_new && work.grants().count(template).await? >= limits::GRANTS {
            return Err(SharingError::TooManyGrants);
        }
        work.grants().give(template, user, level, caller, self.clock.now()).await?;
        let grant = work.grants().of(template, user).await?.ok_or(SharingError::GrantNotFound)?;
        Ok(Given { grant, is_new, tag: locked.tag() })
    }

    /// Takes access away: the caller's own, or that of somebody to what is the caller's. Answers the tag of the unit or
    /// plan, if the caller may still read it.
    ///
    /// # Errors
    /// [`SharingError`]: not found, not the caller's, changed meanwhile, not given.
    pub async fn take(
        &self,
        caller: &Principal,
        template: Template,
        user: UserId,
        precondition: &Precondition,
    ) -> Result<Option<EntityTag>, SharingError> {
        within(&*self.works, async |work| take_in(work, caller.user_id, template, user, precondition).await).await
    }
}

async fn take_in(
    work: &mut dyn UnitOfWork,
    caller: UserId,
    template: Template,
    user: UserId,
    precondition: &Precondition,
) -> Result<Option<EntityTag>, SharingError> {
    let locked = Locked::lock(work, caller, template).await?;
    if user != caller && !locked.access().may_manage() {
        return Err(SharingError::NotManageable(template));
    }
    if work.grants().of(template, user).await?.is_none() {
        return Err(SharingError::GrantNotFound);
    }
    locked.check(precondition)?;
    work.grants().take(template, user).await?;
    if locked.access().may_manage() {
        return Ok(Some(locked.tag()));
    }
    match Locked::lock(work, caller, template).await {
        Ok(still) => Ok(Some(still.tag())),
        Err(SharingError::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
