//! Who is there, and who is missing.

use std::collections::{HashMap, HashSet, hash_map::Entry};

use chrono::TimeDelta;
use irontrack_domain::{
    TrainingPlanId, UserId,
    account::{Email, Password},
    training::{SharingStatus, TrainingUnit},
};
use irontrack_ports::{
    DemoAccount, PageRequest, PasswordHash, RepositoryError, SortOrder,
    query::{TemplateFilter, TemplateScope, TemplateSort},
};
use uuid::Uuid;

use super::{
    Demo, DemoError, DemoRequest,
    address::{PATTERN, address},
    calendar::End,
    history::{Wish, account},
    material::{Material, Plan},
};

/// About so many sessions are added at a time: enough to be fast, little enough to be kept in memory.
const BATCH: usize = 4_000;

/// So many addresses are looked up at a time.
const LOOKED_UP: usize = 5_000;

/// More plans than anybody loads are left out.
const MOST_PLANS: i64 = 100;

/// The last session was some hours ago, so that it can be over.
const AGO: TimeDelta = TimeDelta::hours(3);

/// The password of the accounts that are added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DemoPassword {
    /// The one that was given.
    Given,
    /// The one of the first demo account that was there.
    AsBefore,
    /// A new one.
    New(Password),
}

/// The accounts that are missing, and all that is needed to make them up.
#[derive(Debug)]
pub struct Missing {
    numbers: Vec<u32>,
    present: usize,
    wish: Wish,
    material: Material,
    password: DemoPassword,
    hash: PasswordHash,
}

impl Missing {
    /// How many are missing.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.numbers.len()
    }

    /// How many of those that were wanted are there already.
    #[must_use]
    pub const fn present(&self) -> usize {
        self.present
    }

    /// The password of those that are missing.
    #[must_use]
    pub const fn password(&self) -> &DemoPassword {
        &self.password
    }

    pub(super) const fn password_hash(&self) -> &PasswordHash {
        &self.hash
    }

    /// Their numbers, as many at a time as are added together.
    pub(super) fn batches(&self) -> impl Iterator<Item = &[u32]> {
        self.numbers.chunks((BATCH / self.wish.sessions.max(1)).clamp(1, 100))
    }

    pub(super) fn accounts(&self, numbers: &[u32]) -> Result<Vec<DemoAccount>, DemoError> {
        let accounts = numbers.iter().map(|&number| account(number, self.wish, &self.material));
        Ok(accounts.collect::<Result<_, _>>()?)
    }
}

impl Demo {
    /// Finds out who is missing. Nothing is written yet.
    ///
    /// # Errors
    /// [`DemoError`], `Overtaken` excepted.
    pub async fn missing(&self, request: DemoRequest) -> Result<Missing, DemoError> {
        let now = self.clock.now();
        let until = request.until.unwrap_or_else(|| now.date_naive());
        if until > now.date_naive() {
            return Err(DemoError::Future(until));
        }
        if !request.among_others {
            let others = self.store.other_accounts(PATTERN, &self.administrator).await?;
            if others > 0 {
                return Err(DemoError::Others(others));
            }
        }
        let material = Material::new(self.exercises.system().await?, self.public_plans().await?);
        if material.lifts.is_empty() {
            return Err(DemoError::NoCatalogue);
        }
        let all: Vec<u32> = (1..=request.users).collect();
        let (mut numbers, mut first) = (Vec::new(), None);
        for some in all.chunks(LOOKED_UP) {
            let addresses = some.iter().map(|&number| address(number)).collect::<Result<Vec<_>, _>>()?;
            let taken: HashSet<_> = self.store.taken(&addresses).await?.into_iter().collect();
            let is_taken = |address: &Email| taken.contains(&address.as_str().to_lowercase());
            first = first.or_else(|| addresses.iter().find(|address| is_taken(address)).cloned());
            numbers.extend(some.iter().zip(&addresses).filter(|(_, address)| !is_taken(address)).map(|(&n, _)| n));
        }
        let (password, hash) = self.password(request.password, first.as_ref()).await?;
        let sessions = usize::try_from(request.sessions).unwrap_or(usize::MAX);
        let wish = Wish { seed: request.seed, sessions, end: End { until, latest: now - AGO } };
        Ok(Missing { present: all.len() - numbers.len(), numbers, wish, material, password, hash })
    }

    /// All demo accounts have one password, unless somebody wants it otherwise.
    async fn password(
        &self,
        given: Option<Password>,
        present: Option<&Email>,
    ) -> Result<(DemoPassword, PasswordHash), DemoError> {
        if let Some(password) = given {
            self.strength.check(&password, &[PATTERN]).await?;
            return Ok((DemoPassword::Given, self.hasher.hash(password).await?));
        }
        let known = match present {
            Some(address) => self.accounts.credentials(&address.canonical()).await?,
            None => None,
        };
        if let Some(known) = known {
            return Ok((DemoPassword::AsBefore, known.password));
        }
        let password = Password::chosen_by_owner(&format!("It1_{}", Uuid::new_v4().simple()))?;
        Ok((DemoPassword::New(password.clone()), self.hasher.hash(password).await?))
    }

    /// The public plans of the administrator with their units.
    async fn public_plans(&self) -> Result<Vec<Plan>, RepositoryError> {
        let Some(administrator) = self.accounts.credentials(&self.administrator.canonical()).await? else {
            return Ok(Vec::new());
        };
        let reader = administrator.user_id;
        let filter = TemplateFilter {
            reader,
            scope: TemplateScope::Own,
            search: None,
            exercise: None,
            difficulty_level: None,
            sort: TemplateSort::Name,
            order: SortOrder::Ascending,
            page: PageRequest::numbered(1, MOST_PLANS),
        };
        let mut plans = Vec::new();
        for summary in self.plans.plans(&filter).await?.items {
            if summary.head.sharing_status == SharingStatus::Public
                && let Some(plan) = self.plan(reader, summary.id).await?
            {
                plans.push(plan);
            }
        }
        Ok(plans)
    }

    async fn plan(&self, reader: UserId, id: TrainingPlanId) -> Result<Option<Plan>, RepositoryError> {
        let Some(plan) = self.plans.plan(reader, id).await? else { return Ok(None) };
        let mut units = Vec::with_capacity(plan.units.len());
        // Each unit is asked for once, however often it comes.
        let mut known: HashMap<_, Option<TrainingUnit>> = HashMap::new();
        for scheduled in plan.units {
            let unit = match known.entry(scheduled.unit_id) {
                Entry::Occupied(known) => known.get().clone(),
                Entry::Vacant(new) => new.insert(self.units.unit(reader, scheduled.unit_id).await?).clone(),
            };
            units.extend(unit.filter(|unit| !unit.entries.is_empty()));
        }
        Ok(Some(Plan { id, name: plan.head.name, units }))
    }
}
