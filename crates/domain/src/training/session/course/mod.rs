//! The course of a session: from its start to its end.

#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};
use thiserror::Error;

use super::{SessionStatus, SessionTime};

/// When a session began and, unless it is in progress, how and when it ended. The end is not before the start, and the
/// two are at most [`Course::MOST_DAYS`] days apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    start: SessionTime,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    InProgress,
    Completed(SessionTime),
    Aborted(SessionTime),
}

/// Why start and end do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CourseProblem {
    /// The end is before the start.
    #[error("the end must not be before the start")]
    EndBeforeStart,
    /// Start and end are too far apart.
    #[error("start and end must be at most {} days apart", Course::MOST_DAYS)]
    TooLong,
}

/// Why the course of a session was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Only a session in progress can be finished or aborted.
    #[error("the session is not in progress")]
    NotInProgress,
    /// A session in progress has no end yet that could be changed.
    #[error("the session is in progress")]
    InProgress,
    /// Start and end do not go together.
    #[error(transparent)]
    Times(#[from] CourseProblem),
}

impl Course {
    /// How many days a session may take.
    pub const MOST_DAYS: i64 = 31;

    /// A session that has just been started.
    #[must_use]
    pub const fn started(start: SessionTime) -> Self {
        Self { start, state: State::InProgress }
    }

    /// A session that was brought to its end elsewhere.
    ///
    /// # Errors
    /// [`CourseProblem`].
    pub fn completed(start: SessionTime, end: SessionTime) -> Result<Self, CourseProblem> {
        Self { start, state: State::Completed(end) }.checked()
    }

    /// The course that was stored, or `None` if it breaks the rules: in progress with an end, ended without one, or
    /// ended before the start.
    #[must_use]
    pub fn from_stored(status: SessionStatus, start: SessionTime, end: Option<SessionTime>) -> Option<Self> {
        let state = match (status, end) {
            (SessionStatus::InProgress, None) => State::InProgress,
            (SessionStatus::Completed, Some(end)) => State::Completed(end),
            (SessionStatus::Aborted, Some(end)) => State::Aborted(end),
            _ => return None,
        };
        Self { start, state }.checked().ok()
    }

    /// Brings a session to its end: when it is said, or now.
    ///
    /// # Errors
    /// [`Refusal::NotInProgress`], [`Refusal::Times`].
    pub fn finish(self, end: Option<SessionTime>, now: DateTime<Utc>) -> Result<Self, Refusal> {
        self.end_as(State::Completed, end, now)
    }

    /// Breaks a session off: when it is said, or now.
    ///
    /// # Errors
    /// [`Refusal::NotInProgress`], [`Refusal::Times`].
    pub fn abort(self, end: Option<SessionTime>, now: DateTime<Utc>) -> Result<Self, Refusal> {
        self.end_as(State::Aborted, end, now)
    }

    fn end_as(
        self,
        state: fn(SessionTime) -> State,
        end: Option<SessionTime>,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        if self.state != State::InProgress {
            return Err(Refusal::NotInProgress);
        }
        // A start that is a little ahead of our clock is allowed, and ending that session at once is as well.
        let end = end.unwrap_or_else(|| SessionTime::from_clock(now).max(self.start));
        Ok(Self { state: state(end), ..self }.checked()?)
    }

    /// Corrects the start, the end, or both. How the session ended stays.
    ///
    /// # Errors
    /// [`Refusal::InProgress`] for an end of a session in progress, [`Refusal::Times`].
    pub fn correct(self, start: Option<SessionTime>, end: Option<SessionTime>) -> Result<Self, Refusal> {
        let start = start.unwrap_or(self.start);
        let state = match (self.state, end) {
            (state, None) => state,
            (State::InProgress, Some(_)) => return Err(Refusal::InProgress),
            (State::Completed(_), Some(end)) => State::Completed(end),
            (State::Aborted(_), Some(end)) => State::Aborted(end),
        };
        Ok(Self { start, state }.checked()?)
    }

    fn checked(self) -> Result<Self, CourseProblem> {
        let Some(length) = self.length() else { return Ok(self) };
        if length < TimeDelta::zero() {
            return Err(CourseProblem::EndBeforeStart);
        }
        if length > TimeDelta::days(Self::MOST_DAYS) {
            return Err(CourseProblem::TooLong);
        }
        Ok(self)
    }

    fn length(self) -> Option<TimeDelta> {
        self.end().map(|end| end.time().signed_duration_since(self.start.time()))
    }

    /// How far the session is.
    #[must_use]
    pub const fn status(self) -> SessionStatus {
        match self.state {
            State::InProgress => SessionStatus::InProgress,
            State::Completed(_) => SessionStatus::Completed,
            State::Aborted(_) => SessionStatus::Aborted,
        }
    }

    /// When the session began.
    #[must_use]
    pub const fn start(self) -> SessionTime {
        self.start
    }

    /// When the session ended.
    #[must_use]
    pub const fn end(self) -> Option<SessionTime> {
        match self.state {
            State::InProgress => None,
            State::Completed(end) | State::Aborted(end) => Some(end),
        }
    }

    /// How many seconds a completed session took; fractions are dropped.
    #[must_use]
    pub fn duration_seconds(self) -> Option<i32> {
        match self.state {
            State::Completed(_) => self.length().and_then(|length| i32::try_from(length.num_seconds()).ok()),
            State::InProgress | State::Aborted(_) => None,
        }
    }
}
