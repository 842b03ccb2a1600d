//! Days with sessions, and weeks in a row.

use std::num::NonZeroU32;

use chrono::NaiveDate;
use irontrack_domain::{
    TimeZone, UserId,
    progress::{Streaks, TrainingDay, streaks, training_days},
};

use super::{Progress, ProgressError};

/// What is asked of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarQuestion {
    /// Which year.
    pub year: i32,
    /// Only this month, from 1 to 12.
    pub month: Option<u32>,
    /// How many sessions a week must have to count for a streak.
    pub weekly_goal: NonZeroU32,
    /// Where it is decided which day is today; else where the latest session took place.
    pub time_zone: Option<TimeZone>,
}

/// A year or a month, and how regular somebody trains until today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingCalendar<'a> {
    /// Where it was decided which day is today.
    pub time_zone: TimeZone,
    /// Which day is today.
    pub today: NaiveDate,
    /// The days with sessions, the oldest first.
    pub days: Vec<TrainingDay<'a>>,
    /// Weeks in a row, of the whole history.
    pub streaks: Streaks,
}

impl Progress {
    /// The calendar of an account in the form that `show` gives it.
    ///
    /// # Errors
    /// Only those that every statement can have.
    pub async fn calendar<T>(
        &self,
        owner: UserId,
        question: CalendarQuestion,
        show: impl FnOnce(TrainingCalendar<'_>) -> T,
    ) -> Result<T, ProgressError> {
        let CalendarQuestion { year, month, weekly_goal, time_zone } = question;
        let (_, log) = self.log(owner).await?;
        let time_zone = time_zone.or(log.latest_zone()).unwrap_or(TimeZone::UTC);
        let today = time_zone.date(self.clock.now());
        let days = training_days(&log, year, month);
        let streaks = streaks(log.sessions().iter().map(|session| session.date), weekly_goal, today);
        Ok(show(TrainingCalendar { time_zone, today, days, streaks }))
    }
}
