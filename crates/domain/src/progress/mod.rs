//! Progress: what a training history says about strength and habits.
//!
//! Everything is computed from what was logged, and nothing is kept: a correction anywhere in the history shows at once.
//! [`History`] decides which sets count. Days, weeks and months are those of the time zone of each session.

mod bucket;
mod chart_metric;
mod history;
mod one_rep_max;
mod points;
mod record;
mod streak;

pub use bucket::{Bucket, Calendar};
pub use chart_metric::ChartMetric;
pub use history::{Appearance, History, LoggedSet};
pub use one_rep_max::{Estimator, Formula, OneRepMax};
pub use points::{BestSet, Point, PointStart, points, sum_up};
pub use record::{Contender, Record, RecordKind, RecordValue, latest, records, records_among};
pub use streak::{Streaks, streaks};
