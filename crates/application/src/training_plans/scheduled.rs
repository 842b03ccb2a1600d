//! Which units stand for those that people name in a schedule.
//!
//! A plan holds only units of its owner. One of somebody else that the caller may read is copied into the owner's
//! account, once however often it is named, and the copy stands in the plan. A plan without an owner takes only units
//! that stand in it already.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use irontrack_domain::{TrainingUnitId, UserId};
use irontrack_ports::{UnitOfWork, repo::UnitCopy};
use uuid::Uuid;

use super::PlanError;
use crate::training_units::unused_names;

/// To whom a plan belongs, and what stands in it.
pub(super) struct Home {
    pub(super) owner: Option<UserId>,
    pub(super) units: BTreeSet<TrainingUnitId>,
}

/// The unit that stands in the plan for each that was named. Where the plan has an owner, their account must be locked
/// for naming.
pub(super) async fn look_up(
    work: &mut dyn UnitOfWork,
    caller: UserId,
    home: &Home,
    named: impl IntoIterator<Item = TrainingUnitId>,
    now: DateTime<Utc>,
) -> Result<HashMap<TrainingUnitId, TrainingUnitId>, PlanError> {
    let named: BTreeSet<TrainingUnitId> = named.into_iter().collect();
    if named.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<TrainingUnitId> = named.iter().copied().collect();
    let readable = work.training_units().keep_readable(caller, &ids).await?;
    if readable.len() < named.len() {
        return Err(PlanError::UnitNotFound);
    }
    let mut standing: HashMap<_, _> = named.iter().map(|&id| (id, id)).collect();
    let foreign: Vec<_> = match home.owner {
        None if named.is_subset(&home.units) => return Ok(standing),
        None => return Err(PlanError::Ownerless),
        Some(owner) => readable.into_iter().filter(|(_, of, _)| *of != Some(owner)).collect(),
    };
    let (Some(owner), false) = (home.owner, foreign.is_empty()) else { return Ok(standing) };
    let originals: Vec<_> = foreign.iter().map(|(_, _, name)| name.clone()).collect();
    let unused = unused_names(work, owner, &originals).await?;
    let copy = |((source, _, _), name): (&(TrainingUnitId, _, _), _)| UnitCopy {
        id: TrainingUnitId::new(Uuid::now_v7()),
        source: *source,
        name,
    };
    let copies: Vec<UnitCopy> = foreign.iter().zip(unused).map(copy).collect();
    work.training_units().copy(&copies, owner, now).await?;
    standing.extend(copies.iter().map(|copy| (copy.source, copy.id)));
    Ok(standing)
}
