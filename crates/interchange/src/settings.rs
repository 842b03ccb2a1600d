//! What a file does not say.

use chrono::{DateTime, Utc};
use irontrack_domain::TimeZone;

use crate::{DistanceUnit, WeightUnit};

/// What has to be known to read a file besides the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadSettings {
    /// Where the clocks were set whose times stand in the file.
    pub time_zone: TimeZone,
    /// In what weights are where the file does not say it.
    pub weight_unit: Option<WeightUnit>,
    /// In what distances are where the file does not say it.
    pub distance_unit: Option<DistanceUnit>,
    /// What time it is: nobody has trained later than that.
    pub now: DateTime<Utc>,
}
