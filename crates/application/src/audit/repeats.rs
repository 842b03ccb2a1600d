//! Events that say the same again.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use irontrack_domain::{
    SessionId, UserId,
    audit::{AttemptLimit, AuditAction, AuditEvent},
};

/// For this long the same limit reached again from the same place is not worth another event.
const SPAN: TimeDelta = TimeDelta::minutes(1);

/// The most that are remembered at a time.
const MOST: usize = 4096;

/// Whatever an event about a limit says, besides when.
type Saying = (AttemptLimit, Option<UserId>, Option<SessionId>, Option<String>);

/// Remembers which limits were reached lately.
///
/// A refusal costs nothing, so that somebody could fill a trail from which nothing is ever removed as fast as they can
/// send requests. All other events cost a password check or a change.
#[derive(Debug, Default)]
pub(super) struct Repeats(Mutex<HashMap<Saying, DateTime<Utc>>>);

impl Repeats {
    /// Whether the event repeats one that was seen less than a minute ago.
    pub(super) fn is_repeat(&self, event: &AuditEvent) -> bool {
        let AuditAction::RateLimitReached { limit } = event.action else { return false };
        let saying = (limit, event.subject, event.origin.session, event.origin.client.address.clone());
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The clock of the machine may jump, in both directions.
        if seen.get(&saying).is_some_and(|at| (event.at - *at).abs() < SPAN) {
            return true;
        }
        // From more places than that in a minute, some events come again.
        if seen.len() >= MOST {
            seen.clear();
        }
        seen.insert(saying, event.at);
        false
    }
}

#[cfg(test)]
mod tests {
    use irontrack_domain::{account::Client, audit::Origin};

    use super::*;

    fn reached(limit: AttemptLimit, address: &str, second: i64) -> AuditEvent {
        let client = Client::new(Some(address.to_owned()), Some(&second.to_string()));
        let at = DateTime::UNIX_EPOCH + TimeDelta::seconds(second);
        AuditEvent::new(at, Origin::stranger(&client), None, AuditAction::RateLimitReached { limit })
    }

    #[test]
    fn the_same_limit_at_the_same_place_is_told_once_a_minute() {
        use AttemptLimit::{SignInAccount, SignInAddress};
        let repeats = Repeats::default();
        for (limit, address, second, expected) in [
            (SignInAddress, "192.0.2.1", 0, false),
            (SignInAddress, "192.0.2.1", 0, true),
            (SignInAddress, "192.0.2.1", 59, true),
            (SignInAddress, "192.0.2.2", 59, false),
            (SignInAccount, "192.0.2.1", 59, false),
            (SignInAddress, "192.0.2.1", 60, false),
            (SignInAddress, "192.0.2.1", 119, true),
            // The clock was put back.
            (SignInAddress, "192.0.2.1", -3600, false),
        ] {
            let event = reached(limit, address, second);
            assert_eq!(repeats.is_repeat(&event), expected, "{limit:?} {address} at {second}");
        }
    }

    #[test]
    fn everything_else_is_told_each_time() {
        let repeats = Repeats::default();
        let event = AuditEvent { action: AuditAction::PasswordRefused, ..reached(AttemptLimit::Refresh, "::1", 0) };
        assert!(!repeats.is_repeat(&event) && !repeats.is_repeat(&event));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let repeats = Repeats::default();
        let from = |places: std::ops::Range<usize>| {
            let events = places.map(|n| reached(AttemptLimit::SignUp, &n.to_string(), 0));
            events.filter(|event| repeats.is_repeat(event)).count()
        };
        let remembered = || repeats.0.lock().unwrap().len();
        assert_eq!((from(0..MOST), remembered()), (0, MOST));
        assert_eq!((from(0..MOST), remembered()), (MOST, MOST), "all of them are remembered");
        assert_eq!((from(MOST..2 * MOST + 1), remembered()), (0, 1), "one too many, twice");
    }
}
