//! Everything that is counted across the crates.

use super::{Alone, Counter, Family, Gauge, Series};

/// Lookups of copies.
pub static CACHE_LOOKUPS: Family<[Series<Counter>; 8]> = Family {
    name: "irontrack_cache_lookups",
    help: "Lookups of copies; unavailable are those that had to go around a cache",
    labels: &["cache", "result"],
    series: [
        (&["near", "hit"], Counter::new()),
        (&["near", "miss"], Counter::new()),
        (&["near", "unavailable"], Counter::new()),
        (&["shared", "hit"], Counter::new()),
        (&["shared", "miss"], Counter::new()),
        (&["shared", "unavailable"], Counter::new()),
        (&["training-log", "hit"], Counter::new()),
        (&["training-log", "miss"], Counter::new()),
    ],
};

/// Events of the audit trail, by kind.
pub static AUDIT_EVENTS: Family<[Series<Counter>; 17]> = Family {
    name: "irontrack_audit_events",
    help: "Events of the audit trail, such as sessions that began and ended",
    labels: &["kind"],
    series: [
        (&["signed-in"], Counter::new()),
        (&["sign-in-failed"], Counter::new()),
        (&["rate-limit-reached"], Counter::new()),
        (&["refresh-token-reused"], Counter::new()),
        (&["signed-out"], Counter::new()),
        (&["session-ended"], Counter::new()),
        (&["other-sessions-ended"], Counter::new()),
        (&["surplus-sessions-ended"], Counter::new()),
        (&["sessions-revoked"], Counter::new()),
        (&["password-refused"], Counter::new()),
        (&["password-changed"], Counter::new()),
        (&["password-reset"], Counter::new()),
        (&["account-created"], Counter::new()),
        (&["account-activated"], Counter::new()),
        (&["account-deactivated"], Counter::new()),
        (&["account-deleted"], Counter::new()),
        (&["role-changed"], Counter::new()),
    ],
};

/// Attempts that a limit has refused.
pub static RATE_LIMIT_REFUSALS: Family<[Series<Counter>; 5]> = Family {
    name: "irontrack_rate_limit_refusals",
    help: "Attempts that were answered with 429, by limit",
    labels: &["limit"],
    series: [
        (&["sign-in-address"], Counter::new()),
        (&["sign-in-account"], Counter::new()),
        (&["sign-up"], Counter::new()),
        (&["refresh"], Counter::new()),
        (&["password-change"], Counter::new()),
    ],
};

/// Tokens that were presented and are not good.
pub static TOKENS_REFUSED: Family<[Series<Counter>; 5]> = Family {
    name: "irontrack_tokens_refused",
    help: "Access tokens that were refused, by the code of the answer",
    labels: &["reason"],
    series: [
        (&["invalid-token"], Counter::new()),
        (&["token-expired"], Counter::new()),
        (&["session-ended"], Counter::new()),
        (&["account-gone"], Counter::new()),
        (&["account-unavailable"], Counter::new()),
    ],
};

/// Answers that were given again.
pub static IDEMPOTENCY_REPLAYS: Alone<Counter> = Alone {
    name: "irontrack_idempotency_replays",
    help: "Requests with an Idempotency-Key that got the answer of the first one",
    number: Counter::new(),
};

/// Hashes that were not computed, because the queue was full.
pub static HASHES_REFUSED: Alone<Counter> = Alone {
    name: "irontrack_password_hashes_refused",
    help: "Passwords that were not hashed, because too many waited already",
    number: Counter::new(),
};

/// Events that will never be in the audit trail.
pub static AUDIT_EVENTS_DROPPED: Alone<Counter> = Alone {
    name: "irontrack_audit_events_dropped",
    help: "Events of the audit trail that found no room in its queue",
    number: Counter::new(),
};

/// Whether a service that we can do without is not asked at the moment.
pub static BREAKER_OPEN: Family<[Series<Gauge>; 3]> = Family {
    name: "irontrack_breaker_open",
    help: "1 while Valkey is not asked because it did not answer several times, by what it is used for",
    labels: &["service"],
    series: [
        (&["the cache"], Gauge::new()),
        (&["the invalidation channel"], Gauge::new()),
        (&["the shared rate limiter"], Gauge::new()),
    ],
};

/// Whether invalidations are heard.
pub static CHANNEL_UP: Family<[Series<Gauge>; 2]> = Family {
    name: "irontrack_invalidation_channel_up",
    help: "1 while the own heartbeat comes back over the channel; without any, nothing is copied in the process",
    labels: &["channel"],
    series: [(&["PostgreSQL"], Gauge::new()), (&["Valkey"], Gauge::new())],
};

/// How long a message is on its way.
pub static CHANNEL_LAG_MILLISECONDS: Family<[Series<Gauge>; 2]> = Family {
    name: "irontrack_invalidation_lag_milliseconds",
    help: "How long the latest heartbeat was on its way",
    labels: &["channel"],
    series: [(&["PostgreSQL"], Gauge::new()), (&["Valkey"], Gauge::new())],
};

/// All families of counters.
pub static COUNTERS: [&Family<[Series<Counter>]>; 4] =
    [&CACHE_LOOKUPS, &AUDIT_EVENTS, &RATE_LIMIT_REFUSALS, &TOKENS_REFUSED];

/// All counters under names of their own.
pub static COUNTERS_ALONE: [&Alone<Counter>; 3] = [&IDEMPOTENCY_REPLAYS, &HASHES_REFUSED, &AUDIT_EVENTS_DROPPED];

/// All families of gauges.
pub static GAUGES: [&Family<[Series<Gauge>]>; 3] = [&BREAKER_OPEN, &CHANNEL_UP, &CHANNEL_LAG_MILLISECONDS];
