//! What is counted for whom.

use std::{collections::HashMap, sync::Mutex};

use async_trait::async_trait;
use irontrack_ports::RateLimitError;
use uuid::Uuid;

use super::*;

/// Counts for ever; without a map it is out of order.
struct Fake(Option<Mutex<HashMap<String, u32>>>);

impl Fake {
    fn counts(&self) -> Result<std::sync::MutexGuard<'_, HashMap<String, u32>>, RateLimitError> {
        self.0.as_ref().map(|counts| counts.lock().unwrap()).ok_or_else(|| RateLimitError("away".into()))
    }
}

#[async_trait]
impl RateLimiter for Fake {
    async fn take(&self, key: &str, limit: RateLimit) -> Result<Taken, RateLimitError> {
        let mut counts = self.counts()?;
        let count = counts.entry(key.to_owned()).or_default();
        if *count == limit.limit {
            return Ok(Taken::Refused { retry_after: limit.window });
        }
        *count += 1;
        Ok(Taken::Counted(Receipt(String::new())))
    }

    async fn give_back(&self, key: &str, _: &Receipt) -> Result<(), RateLimitError> {
        *self.counts()?.get_mut(key).unwrap() -= 1;
        Ok(())
    }
}

fn attempts(limits: AccessLimits) -> (Arc<Fake>, Attempts) {
    let fake = Arc::new(Fake(Some(Mutex::default())));
    (fake.clone(), Attempts::new(fake, limits))
}

fn at(address: &str) -> Client {
    Client::new(Some(address.to_owned()), None)
}

#[tokio::test]
async fn who_is_refused_for_one_reason_is_counted_for_none() {
    let limits = AccessLimits { sign_in_account: 2, sign_in_address: 3, ..AccessLimits::default() };
    let (fake, attempts) = attempts(limits);
    let (here, there) = (at("192.0.2.1"), at("192.0.2.2"));
    let full = |limit| Err(TooManyRequests { limit, retry_after: QUARTER_OF_AN_HOUR });
    let (no_more, not_here) = (full(AttemptLimit::SignInAccount), full(AttemptLimit::SignInAddress));
    let sign_in = async |account: &str, client: &Client| match attempts.sign_in(account, client).await {
        Ok(_) => Ok(()),
        Err(AttemptError::TooMany(error)) => Err(error),
        Err(AttemptError::NotCounted(error)) => panic!("{error}"),
    };
    for expected in [Ok(()), Ok(()), no_more, no_more] {
        assert_eq!(sign_in("jo", &here).await, expected);
    }
    // The address has one attempt left, the other account all of them.
    for (account, client, expected) in [
        ("al", &here, Ok(())),
        ("al", &here, not_here),
        ("jo", &there, no_more),
        ("al", &there, Ok(())),
        ("al", &there, no_more),
    ] {
        assert_eq!(sign_in(account, client).await, expected, "{account} from {client:?}");
    }
    let counts: HashMap<_, _> = fake.counts().unwrap().clone();
    let expected = [
        ("sign-in-account:jo", 2),
        ("sign-in-account:al", 2),
        ("sign-in-address:192.0.2.1", 3),
        ("sign-in-address:192.0.2.2", 1),
    ];
    assert_eq!(counts, expected.map(|(key, count)| (key.to_owned(), count)).into());
}

#[tokio::test]
async fn what_is_given_back_is_free() {
    let (fake, attempts) = attempts(AccessLimits::default());
    for _ in 0..200 {
        let counted = attempts.sign_in("jo", &at("192.0.2.1")).await.unwrap();
        attempts.give_back(counted).await;
    }
    assert!(fake.counts().unwrap().values().all(|count| *count == 0));
}

#[tokio::test]
async fn without_limits_everything_goes_on() {
    let (fake, attempts) = attempts(AccessLimits::OFF);
    for _ in 0..200 {
        let counted = attempts.sign_in("jo", &at("192.0.2.1")).await.unwrap();
        attempts.give_back(counted).await;
        let _counted = attempts.sign_up(&at("192.0.2.1")).await.unwrap();
        let _counted = attempts.refresh(SessionId::new(Uuid::nil())).await.unwrap();
        let _counted = attempts.password_change(UserId::new(Uuid::nil())).await.unwrap();
    }
    assert!(fake.counts().unwrap().is_empty(), "nothing is counted where there is no limit");
}

#[tokio::test]
async fn what_cannot_be_counted_is_not_admitted() {
    let attempts = Attempts::new(Arc::new(Fake(None)), AccessLimits::default());
    for answer in [
        attempts.sign_in("jo", &at("192.0.2.1")).await,
        attempts.sign_up(&at("192.0.2.1")).await,
        attempts.refresh(SessionId::new(Uuid::nil())).await,
        attempts.password_change(UserId::new(Uuid::nil())).await,
    ] {
        let error = answer.map(|_| ()).unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Unavailable, "rate-limiter-unavailable"));
    }
}

#[test]
fn an_ipv6_client_is_its_network() {
    for (address, expected) in [
        (Some("192.0.2.1"), "192.0.2.1"),
        (Some("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64"),
        (Some("2001:db8:1:2::"), "2001:db8:1:2::/64"),
        (Some("2001:db8:1:3::"), "2001:db8:1:3::/64"),
        (Some("::1"), "0:0:0:0::/64"),
        (None, "unknown"),
    ] {
        assert_eq!(network(&Client::new(address.map(str::to_owned), None)), expected);
    }
}
