//! What a row of the table says.

use irontrack_tests::http::Request;

use super::{
    callers::Caller,
    scene::{Scene, Target},
};

/// Who is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    /// Everybody.
    Anyone,
    /// Whoever has a good refresh token.
    Refresh,
    /// Active accounts.
    Active,
    /// Active accounts with both tokens.
    ActiveAndRefresh,
    /// Active superusers.
    Superuser,
}

/// An expected answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// The text of a refusal.
    pub(super) detail: Option<&'static str>,
}

impl Answer {
    pub(super) const fn refused(status: u16, detail: &'static str) -> Self {
        Self { status, detail: Some(detail) }
    }
}

/// The answers to those whom the guard lets in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Answers {
    /// The same for all.
    All(Answer),
    /// For user, owner, trainer, superuser, administrator.
    Each([Answer; 5]),
    /// For superuser and administrator, where the guard admits nobody else.
    Superusers([Answer; 2]),
}

impl Answers {
    pub(super) fn of(self, caller: Caller) -> Answer {
        let place = Caller::ALL.iter().position(|known| *known == caller).unwrap_or_default();
        match self {
            Self::All(answer) => answer,
            // The first five are let in by nobody but `Anyone`, whose answers are the same for all.
            Self::Each(answers) => answers[place.saturating_sub(5)],
            Self::Superusers(answers) => answers[place.saturating_sub(8)],
        }
    }
}

/// What one operation answers.
pub(super) struct Row {
    pub(super) operation: &'static str,
    pub(super) guard: Guard,
    /// Adds query and body to the request: well-formed, so that only the rights decide.
    pub(super) fill: fn(&Scene, Request) -> Request,
    pub(super) answers: &'static [(Target, Answers)],
}
