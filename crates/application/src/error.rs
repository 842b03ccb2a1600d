//! What all use-case errors have in common.

use std::time::Duration;

use irontrack_ports::{HashError, RateLimitError, RepositoryError, StrengthError};

use crate::precondition::Outdated;

/// What kind of failure an error is; decides the status of an answer and the exit code of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The request contradicts itself.
    BadRequest,
    /// A value breaks a rule that cannot be checked before.
    InvalidInput,
    /// The caller has not proved who they are.
    Unauthenticated,
    /// The caller may not do this.
    Forbidden,
    /// The thing does not exist, or not for this caller.
    NotFound,
    /// The thing is not as the request wants it to be.
    PreconditionFailed,
    /// The state of stored data forbids it.
    Conflict,
    /// The same request is being carried out; the answer to it will be there a little later.
    InProgress,
    /// What was sent is larger than it may be.
    TooLarge,
    /// The caller has tried too often.
    TooManyRequests {
        /// After this time the next try can be made.
        retry_after: Duration,
    },
    /// A dependency cannot answer now; the same request may succeed a little later.
    Unavailable,
    /// A defect. Nothing about it is told to the caller.
    Internal,
}

/// An error of a use case. Its `Display` is the text for the caller, unless the kind is
/// [`Unavailable`](ErrorKind::Unavailable) or [`Internal`](ErrorKind::Internal): those texts are for the log.
pub trait UseCaseError: std::error::Error {
    /// What kind of failure it is.
    fn kind(&self) -> ErrorKind;

    /// A stable name in kebab case.
    fn code(&self) -> &'static str;

    /// Where the values are that break a rule, if the kind is [`InvalidInput`](ErrorKind::InvalidInput) and it is known.
    fn mistakes(&self) -> Vec<Mistake> {
        Vec::new()
    }
}

/// A value that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where it is: a JSON pointer into the body with names in camel case (RFC 6901), empty for the whole body, the name of
    /// a header, or that of a query parameter behind a question mark.
    pub pointer: String,
    /// A stable name of the rule, in snake case.
    pub rule: &'static str,
    /// What is wrong, for people.
    pub message: String,
}

impl UseCaseError for Outdated {
    fn kind(&self) -> ErrorKind {
        ErrorKind::PreconditionFailed
    }

    fn code(&self) -> &'static str {
        "resource-changed"
    }
}

impl UseCaseError for RepositoryError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Unavailable(_) | Self::Retryable | Self::Overloaded(_) => ErrorKind::Unavailable,
            _ => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Unavailable(_) | Self::Retryable => "database-unavailable",
            Self::Overloaded(_) => "overloaded",
            _ => "internal-error",
        }
    }
}

impl UseCaseError for HashError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Busy => ErrorKind::Unavailable,
            _ => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Busy => "hashing-busy",
            _ => "internal-error",
        }
    }
}

impl UseCaseError for StrengthError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::TooWeak { .. } => ErrorKind::InvalidInput,
            Self::NotJudged(error) => error.kind(),
            _ => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::TooWeak { .. } => "validation-error",
            Self::NotJudged(error) => error.code(),
            _ => "internal-error",
        }
    }
}

impl UseCaseError for RateLimitError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Unavailable
    }

    fn code(&self) -> &'static str {
        "rate-limiter-unavailable"
    }
}
