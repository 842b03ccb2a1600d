//! Refused sign-ins and the audit trail, without a database.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use irontrack_domain::account::{Account, SessionLifetime};
use irontrack_memory_adapter::MemoryCache;
use irontrack_ports::{
    AccessClaims, Clock, Page, PasswordHasher, PasswordStrength, RateLimit, RateLimitError, RateLimiter, Receipt,
    StrengthError, Taken, TokenIssuer,
    query::{AccountFilter, AccountQueries, PrincipalState},
    repo::Credentials,
};

use super::*;
use crate::{
    access::{AccessLimits, AccessPorts, AccessRules},
    audit::{
        AuditTrail, AuditWriter,
        fake::{FakeUnits, Lines},
    },
    copies::Copies,
};

/// One account, which nobody gets into: everything that a refused sign-in may ask for, at once.
#[derive(Default)]
struct World {
    /// Whether no more passwords can be checked now.
    is_full: bool,
}

const KNOWN: UserId = UserId::new(Uuid::from_u128(1));

#[async_trait]
impl AccountQueries for World {
    async fn principal(&self, _: UserId, _: SessionId) -> Result<Option<PrincipalState>, RepositoryError> {
        panic!("nobody is signed in")
    }

    async fn credentials(&self, address: &str) -> Result<Option<Credentials>, RepositoryError> {
        assert!(!self.is_full, "the database is asked in vain");
        let email = Email::parse("jo@example.com").unwrap();
        let password = PasswordHash::new("$argon2id$stored".into());
        let known = Credentials { user_id: KNOWN, email, password, is_active: true };
        Ok((address == "jo@example.com").then_some(known))
    }

    async fn password(&self, _: UserId) -> Result<Option<PasswordHash>, RepositoryError> {
        panic!("nobody is signed in")
    }

    async fn account(&self, _: UserId) -> Result<Option<Account>, RepositoryError> {
        panic!("nobody is signed in")
    }

    async fn accounts(&self, _: &AccountFilter) -> Result<Page<Account>, RepositoryError> {
        panic!("nobody is signed in")
    }

    async fn sessions(&self, _: UserId, _: DateTime<Utc>) -> Result<Vec<LoginSession>, RepositoryError> {
        panic!("nobody is signed in")
    }
}

#[async_trait]
impl PasswordHasher for World {
    fn check_room(&self) -> Result<(), HashError> {
        if self.is_full { Err(HashError::Busy) } else { Ok(()) }
    }

    async fn hash(&self, _: Password) -> Result<PasswordHash, HashError> {
        panic!("no password is set")
    }

    async fn verify(&self, _: Password, _: Option<PasswordHash>) -> Result<bool, HashError> {
        Ok(false)
    }
}

#[async_trait]
impl RateLimiter for World {
    async fn take(&self, key: &str, limit: RateLimit) -> Result<Taken, RateLimitError> {
        assert!(!self.is_full, "what is no attempt is counted");
        Ok(if key.ends_with("192.0.2.9") {
            Taken::Refused { retry_after: limit.window }
        } else {
            Taken::Counted(Receipt(String::new()))
        })
    }

    async fn give_back(&self, _: &str, _: &Receipt) -> Result<(), RateLimitError> {
        panic!("failures are counted")
    }
}

impl TokenIssuer for World {
    fn issue(
        &self,
        _: RefreshClaims,
        _: &Email,
        _: DateTime<Utc>,
        _: DateTime<Utc>,
    ) -> Result<IssuedTokens, TokenError> {
        panic!("nobody gets in")
    }

    fn verify_access(&self, _: &str, _: DateTime<Utc>) -> Result<AccessClaims, TokenError> {
        panic!("nobody is signed in")
    }

    fn verify_refresh(&self, _: &str, _: DateTime<Utc>) -> Result<RefreshClaims, TokenError> {
        panic!("nobody is signed in")
    }
}

impl Clock for World {
    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }
}

#[async_trait]
impl PasswordStrength for World {
    async fn check(&self, _: &Password, _: &[&str]) -> Result<(), StrengthError> {
        panic!("no password is set")
    }
}

fn access(units: &FakeUnits, world: World) -> (Access, AuditWriter) {
    let world = Arc::new(world);
    let units = Arc::new(units.clone());
    let (trail, writer) = AuditTrail::open(units.clone());
    let ports = AccessPorts {
        units,
        accounts: world.clone(),
        hasher: world.clone(),
        strength: world.clone(),
        limiter: world.clone(),
        tokens: world.clone(),
        clock: world,
    };
    let rules = AccessRules {
        lifetime: SessionLifetime { idle: TimeDelta::days(7), absolute: TimeDelta::days(30) },
        max_sessions: NonZeroU32::MIN,
        limits: AccessLimits::default(),
        administrator: Email::parse("root@example.com").unwrap(),
    };
    let copies = Arc::new(Copies::new(Arc::new(MemoryCache::new(0)), None, Vec::new()));
    (Access::new(ports, copies, trail, rules), writer)
}

async fn sign_in(access: &Access, user_name: &str, address: &str) -> SignInError {
    let client = Client::new(Some(address.to_owned()), Some("tests/1.0"));
    access.sign_in(user_name, Password::presented("Secret_pass1!").unwrap(), client).await.unwrap_err()
}

/// On one thread, where nobody else runs as long as nobody waits: the writer has not even begun.
#[tokio::test(start_paused = true)]
async fn a_refusal_neither_writes_nor_waits() {
    let units = FakeUnits::default();
    let (access, writer) = access(&units, World::default());
    for _ in 0..100 {
        for name in ["jo@example.com", "nobody@example.com"] {
            assert!(matches!(sign_in(&access, name, "192.0.2.1").await, SignInError::Refused));
        }
    }
    assert_eq!(units.begun(), 0, "a refused sign-in has asked for a unit of work");
    writer.stop().await;
    let events = units.batches().concat();
    assert_eq!((events.len(), units.begun()), (200, 1), "all of them are stored by one statement afterwards");
}

#[tokio::test(start_paused = true)]
async fn an_account_is_named_by_its_id_and_nothing_that_was_typed_is_kept() {
    let lines = Lines::keep();
    let units = FakeUnits::default();
    let (access, writer) = access(&units, World::default());
    for name in ["jo@example.com", "nobody@example.com", "Typed_here_by_mistake1!"] {
        sign_in(&access, name, "192.0.2.1").await;
    }
    sign_in(&access, "jo@example.com", "192.0.2.9").await;
    writer.stop().await;
    let event = |subject: Option<UserId>, address: &str, action| {
        let client = Client::new(Some(address.to_owned()), Some("tests/1.0"));
        AuditEvent::new(DateTime::UNIX_EPOCH, Origin::stranger(&client), subject, action)
    };
    let failed = |subject, reason| event(subject, "192.0.2.1", AuditAction::SignInFailed { reason });
    let limit = irontrack_domain::audit::AttemptLimit::SignInAddress;
    assert_eq!(
        units.batches().concat(),
        [
            failed(Some(KNOWN), SignInRefusal::WrongPassword),
            failed(None, SignInRefusal::UnknownAccount),
            failed(None, SignInRefusal::UnknownAccount),
            event(None, "192.0.2.9", AuditAction::RateLimitReached { limit }),
        ]
    );
    let log = lines.with("").join("\n");
    for secret in ["Typed_here", "nobody@", "jo@", "Secret_pass", "argon2"] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
    assert_eq!(lines.with("INFO audit message=sign-in refused").len(), 3, "{log}");
}

/// Who is sent away in a flood must cost next to nothing.
#[tokio::test(start_paused = true)]
async fn whoever_finds_the_queue_full_is_sent_away_before_anybody_is_asked() {
    let units = FakeUnits::default();
    let (access, writer) = access(&units, World { is_full: true });
    let refused = sign_in(&access, "jo@example.com", "192.0.2.1").await;
    assert!(matches!(refused, SignInError::Hash(HashError::Busy)), "{refused:?}");
    writer.stop().await;
    assert_eq!((units.begun(), units.batches().len()), (0, 0), "nothing is stored about it");
}
