//! Progress: what a training history says about strength and habits.
//!
//! Everything is computed from what was logged, and nothing is kept: a correction anywhere in the history shows at once.
//! [`History`] decides which sets of an exercise count; a [`TrainingLog`] sums up all that was trained. Days, weeks and
//! months are those of the time zone of each session.

mod bucket;
mod chart_metric;
mod history;
mod one_rep_max;
mod points;
mod record;
mod share;
mod streak;
mod summary;
mod training_day;
mod training_log;
mod volume;

pub use bucket::{Bucket, Calendar};
pub use chart_metric::ChartMetric;
pub use history::{Appearance, History, LoggedSet};
pub use one_rep_max::{Estimator, Formula, OneRepMax};
pub use points::{BestSet, Point, PointStart, points, sum_up};
pub use record::{Contender, ExerciseRecord, Record, RecordKind, RecordValue, latest, records, records_among};
pub use share::{Decimal, SecondaryFactor, Share};
pub use streak::{Streaks, streaks};
pub use summary::{Averages, MostTrained, Summary, summary};
pub use training_day::{TrainingDay, training_days};
pub use training_log::{Effort, ExerciseWork, LoggedSession, Period, TrainedExercise, TrainingLog, Work};
pub use volume::{Group, GroupId, Grouping, VolumeBucket, volume};
