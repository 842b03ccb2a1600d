//! Made-up training data of any size: to look at, to try things out, and to measure.
//!
//! The data is made of a seed: the same seed makes the same people who train the same, as long as catalogue and
//! programmes are the same. Demo accounts are numbered. One that is there is left alone with all that is in it; those that
//! are missing are added, each with all of its sessions or not at all.

mod address;
mod calendar;
mod dice;
mod error;
mod history;
#[cfg(test)]
mod history_tests;
mod load;
mod material;
mod people;
mod person;
mod sets;
mod workout;

use std::{ops::RangeInclusive, sync::Arc};

use chrono::NaiveDate;
pub use error::DemoError;
use irontrack_domain::account::{Email, Password};
use irontrack_ports::{
    Clock, DemoCounts, DemoStore, PasswordHasher, PasswordStrength,
    query::{AccountQueries, ExerciseQueries, TrainingPlanQueries, TrainingUnitQueries},
};
pub use people::{DemoPassword, Missing};

/// How many demo accounts there can be.
pub const USERS: RangeInclusive<u32> = address::NUMBERS;

/// How many sessions each of them can have: a century of training.
pub const SESSIONS: RangeInclusive<u32> = 1..=20_000;

/// What demo data is wanted.
#[derive(Debug, Clone)]
pub struct DemoRequest {
    /// So many accounts, in [`USERS`], counting those that are there.
    pub users: u32,
    /// So many sessions for each account that is added, in [`SESSIONS`].
    pub sessions: u32,
    /// What decides about everything else.
    pub seed: u64,
    /// When people trained last; today if it is not given.
    pub until: Option<NaiveDate>,
    /// The password of the accounts that are added; made up, or that of those that are there, if it is not given.
    pub password: Option<Password>,
    /// Whether other people may have accounts here.
    pub among_others: bool,
}

/// Makes demo data.
pub struct Demo {
    store: Arc<dyn DemoStore>,
    accounts: Arc<dyn AccountQueries>,
    exercises: Arc<dyn ExerciseQueries>,
    plans: Arc<dyn TrainingPlanQueries>,
    units: Arc<dyn TrainingUnitQueries>,
    hasher: Arc<dyn PasswordHasher>,
    strength: Arc<dyn PasswordStrength>,
    clock: Arc<dyn Clock>,
    administrator: Email,
}

impl std::fmt::Debug for Demo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Demo").finish_non_exhaustive()
    }
}

impl Demo {
    /// Wires the ports. The public plans of the administrator are those that people train after.
    #[must_use]
    pub fn new<Q>(
        store: Arc<dyn DemoStore>,
        queries: Arc<Q>,
        hasher: Arc<dyn PasswordHasher>,
        strength: Arc<dyn PasswordStrength>,
        clock: Arc<dyn Clock>,
        administrator: Email,
    ) -> Self
    where
        Q: AccountQueries + ExerciseQueries + TrainingPlanQueries + TrainingUnitQueries + 'static,
    {
        Self {
            store,
            accounts: queries.clone(),
            exercises: queries.clone(),
            plans: queries.clone(),
            units: queries,
            hasher,
            strength,
            clock,
            administrator,
        }
    }

    /// Adds the people who are missing, some at a time, and tells how many of them are there now.
    ///
    /// # Errors
    /// [`DemoError`]. What was told to be there stays.
    pub async fn add(&self, missing: &Missing, mut added: impl FnMut(usize)) -> Result<DemoCounts, DemoError> {
        let mut counts = DemoCounts::default();
        for numbers in missing.batches() {
            let batch = missing.accounts(numbers)?;
            let new = self.store.add(&batch, missing.password_hash(), self.clock.now()).await;
            let new = new.map_err(error::not_added)?;
            counts.accounts += new.accounts;
            counts.sessions += new.sessions;
            counts.exercises += new.exercises;
            counts.sets += new.sets;
            added(numbers.len());
        }
        if counts.accounts > 0 {
            self.store.analyse().await?;
        }
        Ok(counts)
    }
}
