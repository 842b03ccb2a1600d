//! Time.

use chrono::{DateTime, Utc};

/// Where the current time comes from.
pub trait Clock: Send + Sync {
    /// The current time, in whole microseconds: the precision that PostgreSQL keeps.
    fn now(&self) -> DateTime<Utc>;
}
