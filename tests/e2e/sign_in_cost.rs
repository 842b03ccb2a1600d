//! Sign-in costs the same for everybody who is refused, so that the time tells nobody who has an account.
//!
//! What costs time is counted with the other tests: hashes and questions to the database. The time itself says something
//! on a quiet machine only; `just timing` measures it.

use std::{
    net::Ipv4Addr,
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use irontrack::SystemClock;
use irontrack_application::{
    access::{Access, AccessLimits, AccessPorts, AccessRules, SignInError},
    audit::{AuditTrail, AuditWriter},
};
use irontrack_auth::{Argon2Hasher, HasherSettings, KeyRing, PasswordEstimator, TokenSettings, Tokens};
use irontrack_domain::{
    SessionId, UserId,
    account::{Account, Client, Email, LoginSession, Password, Role, SessionLifetime},
};
use irontrack_memory_adapter::MemoryRateLimiter;
use irontrack_ports::{
    HashError, Page, PasswordHash, PasswordHasher, RepositoryError, UnitOfWork, UnitOfWorkFactory,
    query::{AccountFilter, AccountQueries, PrincipalState},
    repo::Credentials,
};
use irontrack_postgres_adapter::{Pool, PoolOptions, PostgresQueries, PostgresUnitOfWorkFactory};
use irontrack_tests::harness::{App, no_copies, password, sign_in, signing_key, unique_email};

/// How often something was asked for.
#[derive(Default)]
struct Count(AtomicUsize);

impl Count {
    fn one_more(&self) {
        self.0.fetch_add(1, SeqCst);
    }

    fn take(&self) -> usize {
        self.0.swap(0, SeqCst)
    }
}

struct CountedHasher(Argon2Hasher, Count);

#[async_trait]
impl PasswordHasher for CountedHasher {
    fn check_room(&self) -> Result<(), HashError> {
        self.0.check_room()
    }

    async fn hash(&self, password: Password) -> Result<PasswordHash, HashError> {
        self.1.one_more();
        self.0.hash(password).await
    }

    async fn verify(&self, password: Password, hash: Option<PasswordHash>) -> Result<bool, HashError> {
        self.1.one_more();
        self.0.verify(password, hash).await
    }
}

/// Each question is one statement.
struct CountedQueries(PostgresQueries, Count);

#[async_trait]
impl AccountQueries for CountedQueries {
    async fn principal(&self, user: UserId, session: SessionId) -> Result<Option<PrincipalState>, RepositoryError> {
        self.1.one_more();
        self.0.principal(user, session).await
    }

    async fn credentials(&self, canonical_email: &str) -> Result<Option<Credentials>, RepositoryError> {
        self.1.one_more();
        self.0.credentials(canonical_email).await
    }

    async fn password(&self, user: UserId) -> Result<Option<PasswordHash>, RepositoryError> {
        self.1.one_more();
        self.0.password(user).await
    }

    async fn account(&self, user: UserId) -> Result<Option<Account>, RepositoryError> {
        self.1.one_more();
        self.0.account(user).await
    }

    async fn accounts(&self, filter: &AccountFilter) -> Result<Page<Account>, RepositoryError> {
        self.1.one_more();
        self.0.accounts(filter).await
    }

    async fn sessions(&self, user: UserId, now: DateTime<Utc>) -> Result<Vec<LoginSession>, RepositoryError> {
        self.1.one_more();
        self.0.sessions(user, now).await
    }
}

struct CountedUnits(PostgresUnitOfWorkFactory, Count);

#[async_trait]
impl UnitOfWorkFactory for CountedUnits {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, RepositoryError> {
        self.1.one_more();
        self.0.begin().await
    }
}

/// The use case on real adapters, with a count of what it asks of them.
struct Counted {
    access: Access,
    hasher: Arc<CountedHasher>,
    queries: Arc<CountedQueries>,
    units: Arc<CountedUnits>,
    _writer: AuditWriter,
}

impl Counted {
    async fn connect(url: &str) -> Self {
        let pool = Pool::connect(PoolOptions::new(url), tokio::runtime::Handle::current()).await;
        let pool = pool.expect("there is a pool");
        let hasher = Argon2Hasher::new(HasherSettings::default()).expect("hashing works");
        let strength = Arc::new(PasswordEstimator::new(0, &hasher));
        let hasher = Arc::new(CountedHasher(hasher, Count::default()));
        let queries = Arc::new(CountedQueries(PostgresQueries::new(pool.clone()), Count::default()));
        // What the trail stores is stored after the answer.
        let (trail, writer) = AuditTrail::open(Arc::new(PostgresUnitOfWorkFactory::new(pool.clone())));
        let units = Arc::new(CountedUnits(PostgresUnitOfWorkFactory::new(pool), Count::default()));
        let tokens = TokenSettings {
            issuer: "irontrack".into(),
            audience: "irontrack-api".into(),
            access_life: Duration::from_secs(1800),
        };
        let keys = KeyRing::from_jwk_text(&signing_key()).expect("the key can be read");
        let ports = AccessPorts {
            units: units.clone(),
            accounts: queries.clone(),
            hasher: hasher.clone(),
            strength,
            limiter: Arc::new(MemoryRateLimiter::new(1 << 20)),
            tokens: Arc::new(Tokens::new(keys, tokens)),
            clock: Arc::new(SystemClock),
        };
        let rules = AccessRules {
            lifetime: SessionLifetime { idle: TimeDelta::days(7), absolute: TimeDelta::days(30) },
            max_sessions: NonZeroU32::MAX,
            limits: AccessLimits::default(),
            administrator: Email::parse("admin@example.com").expect("an address"),
        };
        Self { access: Access::new(ports, no_copies(), trail, rules), hasher, queries, units, _writer: writer }
    }

    /// Tries to sign in, and answers hashes, questions and transactions that it took.
    async fn cost(&self, email: &str, password: &str) -> (bool, [usize; 3]) {
        let password = Password::presented(password).expect("a password");
        let client = Client::new(Some(Ipv4Addr::LOCALHOST.to_string()), None);
        let done = match self.access.sign_in(email, password, client).await {
            Ok(_) => true,
            Err(SignInError::Refused) => false,
            Err(error) => panic!("{error}"),
        };
        (done, [self.hasher.1.take(), self.queries.1.take(), self.units.1.take()])
    }
}

const WRONG: &str = "Wrong_pass1!";

#[test]
fn whoever_is_refused_costs_one_hash_and_one_question() {
    let app = App::start();
    let (known, inactive, unknown) = (unique_email(), unique_email(), unique_email());
    app.insert_account(&known, Role::ApplicationAccess, true);
    app.insert_account(&inactive, Role::Superuser, false);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("there is a runtime").block_on(async {
        let counted = Counted::connect(&app.database.url).await;
        for (email, password) in [
            (&known, WRONG),
            (&inactive, WRONG),
            (&inactive, password()),
            (&unknown, WRONG),
            (&unknown, password()),
            (&known.to_uppercase(), "x"),
            (&unknown.to_uppercase(), "x"),
        ] {
            assert_eq!(counted.cost(email, password).await, (false, [1, 1, 0]), "{email} {password}");
        }
        assert_eq!(counted.cost(&known, password()).await, (true, [1, 1, 1]), "the counters count");
    });
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

#[test]
#[ignore = "takes minutes and a quiet machine: `just timing`"]
fn sign_in_takes_the_same_time_for_everybody_who_is_refused() {
    const ROUNDS: usize = 500;
    let app = App::start_with(&[("LOG_LEVEL", "warning")]);
    let (known, inactive) = (unique_email(), unique_email());
    app.insert_account(&known, Role::ApplicationAccess, true);
    app.insert_account(&inactive, Role::ApplicationAccess, false);
    let mut times = [(); 3].map(|()| Vec::with_capacity(ROUNDS));
    for round in 0..ROUNDS {
        let tries = [(known.clone(), WRONG), (unique_email(), WRONG), (inactive.clone(), password())];
        // Nobody always comes first.
        for n in 0..tries.len() {
            let turn = (round + n) % tries.len();
            let request = sign_in(&tries[turn].0, tries[turn].1);
            let started = Instant::now();
            let answer = app.send(&request);
            times[turn].push(started.elapsed());
            assert_eq!(answer.status, 401, "{}", answer.text());
        }
    }
    let medians = times.map(median);
    let [known, unknown, inactive] = medians;
    println!("medians of {ROUNDS} sign-ins: known {known:?}, unknown {unknown:?}, inactive {inactive:?}");
    let (least, most) = (medians.iter().min(), medians.iter().max());
    let (least, most) = (least.expect("a median").as_secs_f64(), most.expect("a median").as_secs_f64());
    assert!(most <= 1.05 * least, "they differ by {:.1} %", (most / least - 1.0) * 100.0);
}
