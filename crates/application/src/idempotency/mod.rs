//! Requests that clients may send again without their effect happening twice.

mod error;
mod sweep;

use chrono::{DateTime, TimeDelta, Utc};
pub use error::RepetitionError;
use irontrack_domain::{IdempotencyKey, UserId};
use irontrack_ports::{
    RepositoryError, UnitOfWork,
    repo::{Claim, KeptAnswer, RequestHash},
    tally::IDEMPOTENCY_REPLAYS,
};
use ring::digest::{Context, SHA256};
pub use sweep::ForgottenRequests;

/// How long an answer is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// A request that may be sent again, and which one it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeatable {
    key: IdempotencyKey,
    request: RequestHash,
}

impl Repeatable {
    /// A request that the client calls by that key, and everything that tells it from others.
    #[must_use]
    pub fn new(key: IdempotencyKey, parts: &[&[u8]]) -> Self {
        let mut context = Context::new(&SHA256);
        for part in parts {
            // With its length, so that no part ends in another one.
            context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            context.update(part);
        }
        let mut request = RequestHash::default();
        request.iter_mut().zip(context.finish().as_ref()).for_each(|(kept, byte)| *kept = *byte);
        Self { key, request }
    }
}

/// An answer, given for the first time or again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub answer: KeptAnswer,
    /// Whether the request was answered before, and nothing happened this time.
    pub is_replay: bool,
}

/// How a request is answered that may have been sent before.
pub struct Once<'a, T> {
    repeatable: Option<&'a Repeatable>,
    render: &'a dyn Fn(&T) -> KeptAnswer,
}

impl<T> std::fmt::Debug for Once<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Once").field("repeatable", &self.repeatable).finish_non_exhaustive()
    }
}

impl<'a, T> Once<'a, T> {
    /// `render` makes the answer out of what was done. Without `repeatable` every request is a new one.
    #[must_use]
    pub fn new(repeatable: Option<&'a Repeatable>, render: &'a dyn Fn(&T) -> KeptAnswer) -> Self {
        Self { repeatable, render }
    }

    /// Does it, unless the same request was answered already, and keeps the answer together with the effect. The key is
    /// written last, when the rows that are changed are locked already: it refers to the account, which whoever deletes
    /// the account locks before those.
    pub(crate) async fn run<E>(
        &self,
        work: &mut dyn UnitOfWork,
        caller: UserId,
        now: DateTime<Utc>,
        act: impl AsyncFnOnce(&mut dyn UnitOfWork) -> Result<T, E>,
    ) -> Result<Answered, E>
    where
        E: From<RepetitionError> + From<RepositoryError>,
    {
        let Some(Repeatable { key, request }) = self.repeatable else {
            let answer = (self.render)(&act(work).await?);
            return Ok(Answered { answer, is_replay: false });
        };
        let claim = work.idempotency().claim(caller, key, now - KEPT).await?;
        match claim {
            Claim::InUse => Err(RepetitionError::InProgress.into()),
            Claim::Answered { request: answered, answer } if answered == *request => {
                IDEMPOTENCY_REPLAYS.number.increment();
                Ok(Answered { answer, is_replay: true })
            }
            Claim::Answered { .. } => Err(RepetitionError::OtherRequest.into()),
            Claim::Free => {
                let answer = (self.render)(&act(work).await?);
                work.idempotency()
                    .keep(caller, key, request, &answer, now)
                    .await
                    .map_err(RepetitionError::of_keeping)?;
                Ok(Answered { answer, is_replay: false })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_differ_in_every_part_and_in_where_parts_end() {
        let key = || IdempotencyKey::parse("k").unwrap();
        let hash = |parts: &[&[u8]]| Repeatable::new(key(), parts).request;
        assert_eq!(hash(&[b"POST", b"/a", b"", b"{}"]), hash(&[b"POST", b"/a", b"", b"{}"]));
        for other in [[&b"PUT"[..], b"/a", b"", b"{}"], [b"POST", b"/a", b"{}", b""], [b"POST", b"/a{", b"", b"}"]] {
            assert_ne!(hash(&[b"POST", b"/a", b"", b"{}"]), hash(&other));
        }
    }
}
