//! How hard passwords are to guess.

use async_trait::async_trait;
use irontrack_domain::account::Password;
use thiserror::Error;

use crate::HashError;

/// Why a password may not be set.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StrengthError {
    /// Somebody who guesses would find it too soon.
    #[error("The password is too easy to guess. {advice}")]
    TooWeak {
        /// What is wrong with it and how to choose a better one, for a person. Nothing of the password stands in it.
        advice: String,
    },
    /// The password was not judged.
    #[error(transparent)]
    NotJudged(#[from] HashError),
}

/// Judges passwords before they are set.
#[async_trait]
pub trait PasswordStrength: Send + Sync {
    /// Whether the password is hard enough to guess. `personal` is what somebody who knows its owner would try: name,
    /// address.
    ///
    /// # Errors
    /// [`StrengthError`].
    async fn check(&self, password: &Password, personal: &[&str]) -> Result<(), StrengthError>;
}
