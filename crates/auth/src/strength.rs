//! How hard passwords are to guess, as zxcvbn estimates it.

use std::sync::Arc;

use async_trait::async_trait;
use irontrack_domain::account::Password;
use irontrack_ports::{HashError, PasswordStrength, StrengthError};
use zxcvbn::{Entropy, feedback::Warning, zxcvbn};

use crate::{Argon2Hasher, hasher::Admission};

/// So many characters of a password are looked at. The time grows with their square, and with a choice of characters that
/// may stand for others: 40 of the worst take a tenth of a second, 100 of them seven times as long. Whoever has 40 good
/// ones has a good password.
const LOOKED_AT: usize = 40;

/// So many characters more do not turn a common password into another one.
const DECORATION: usize = 2;

/// What everybody tries here.
const OUR_NAME: &str = "irontrack";

/// Refuses passwords that are too easy to guess. Common ones are refused at every level but 0, which is off.
///
/// The work is done on tokio's blocking threads, and takes turns with the hashes.
#[derive(Debug)]
pub struct PasswordEstimator {
    minimum: u8,
    admission: Arc<Admission>,
}

impl PasswordEstimator {
    /// Wants this [score](zxcvbn::Score) at least, from 0 (off) to 4.
    #[must_use]
    pub fn new(minimum: u8, hasher: &Argon2Hasher) -> Self {
        Self { minimum, admission: hasher.admission() }
    }
}

#[async_trait]
impl PasswordStrength for PasswordEstimator {
    async fn check(&self, password: &Password, personal: &[&str]) -> Result<(), StrengthError> {
        if self.minimum == 0 {
            return Ok(());
        }
        let start: String = password.expose().chars().take(LOOKED_AT).collect();
        let (minimum, guesses) = (self.minimum, guesses(personal));
        let permit = self.admission.enter().await?;
        let task = tokio::task::spawn_blocking(move || {
            let guesses: Vec<&str> = guesses.iter().map(String::as_str).collect();
            let judged = judge(&start, &zxcvbn(&start, &guesses), minimum);
            drop(permit);
            judged
        });
        task.await.map_err(|error| HashError::Unexpected(error.to_string()))?
    }
}

/// The texts as they are, both sides of the `@` in them, and their words.
fn guesses(personal: &[&str]) -> Vec<String> {
    let sides = personal.iter().flat_map(|text| text.split('@'));
    let words = personal.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    personal.iter().copied().chain(sides).chain(words).chain([OUR_NAME]).map(str::to_owned).collect()
}

fn judge(password: &str, estimate: &Entropy, minimum: u8) -> Result<(), StrengthError> {
    if u8::from(estimate.score()) >= minimum && !is_common(password, estimate) {
        return Ok(());
    }
    // There is none for a good password that is not good enough.
    let advice = estimate.feedback().map(ToString::to_string);
    Err(StrengthError::TooWeak { advice: advice.unwrap_or_else(|| "Make it longer.".to_owned()) })
}

/// Whether it is a common password, perhaps with a character exchanged or added.
fn is_common(password: &str, estimate: &Entropy) -> bool {
    let warning = estimate.feedback().and_then(zxcvbn::feedback::Feedback::warning);
    let is_listed = matches!(
        warning,
        Some(
            Warning::ThisIsATop10Password
                | Warning::ThisIsATop100Password
                | Warning::ThisIsACommonPassword
                | Warning::ThisIsSimilarToACommonlyUsedPassword
        )
    );
    // The warning is about the longest part.
    let longest = estimate.sequence().iter().map(|part| part.token.chars().count()).max().unwrap_or_default();
    is_listed && longest + DECORATION >= password.chars().count()
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Waker};

    use proptest::prelude::*;

    use super::*;
    use crate::HasherSettings;

    const JO: [&str; 2] = ["Josephine Lifterson", "jo.liftwell@hantelbank.example.com"];

    fn estimator(minimum: u8) -> PasswordEstimator {
        let hasher = Argon2Hasher::new(HasherSettings { permits: 1, queue_limit: 0 }).unwrap();
        PasswordEstimator::new(minimum, &hasher)
    }

    async fn refusal(minimum: u8, password: &str) -> Option<String> {
        let password = Password::presented(password).unwrap();
        match estimator(minimum).check(&password, &JO).await {
            Ok(()) => None,
            Err(StrengthError::TooWeak { advice }) => Some(advice),
            Err(error) => panic!("{error}"),
        }
    }

    #[tokio::test]
    async fn without_a_minimum_every_password_is_good() {
        for password in ["password", "", "aaaaaaaa"] {
            assert_eq!(refusal(0, password).await, None, "{password}");
        }
    }

    #[tokio::test]
    async fn common_passwords_are_refused_at_every_level() {
        for password in [
            "password",
            "12345678",
            "letmein22",
            "iloveyou2",
            "trustno1",
            "Passw0rd!",
            "Password1!",
            "P@ssw0rd1",
            "Welcome1!",
            "Admin123!",
            "Qwerty123!",
            "Iloveyou1!",
            "drowssaP1!",
        ] {
            for minimum in 1..=4 {
                assert!(refusal(minimum, password).await.is_some(), "{password} at {minimum}");
            }
        }
    }

    #[tokio::test]
    async fn more_is_wanted_at_each_level() {
        // The highest minimum at which each of them is accepted.
        for (password, highest) in
            [("aaaaaaaaaa", 0), ("kettle99", 1), ("Summer2024!", 2), ("Squ4t_Deep", 3), ("correct horse battery", 4)]
        {
            for minimum in 1..=4 {
                let is_good = refusal(minimum, password).await.is_none();
                assert_eq!(is_good, minimum <= highest, "{password} at {minimum}");
            }
        }
    }

    #[tokio::test]
    async fn what_is_known_about_the_owner_is_guessed() {
        for password in ["Josephine Lifterson", "jo.liftwell1!", "Hantelbank7!", "Lifterson_1", "IronTrack1!"] {
            assert!(refusal(2, password).await.is_some(), "{password}");
            let stranger = Password::presented(password).unwrap();
            let of_nobody = estimator(2).check(&stranger, &[]).await;
            assert_eq!(of_nobody.is_ok(), password != "IronTrack1!", "{password}");
        }
    }

    #[tokio::test]
    async fn a_refusal_says_what_to_do_and_nothing_of_the_password() {
        let advice = refusal(3, "Passw0rd!").await.unwrap();
        assert!(
            advice.starts_with("This is similar to a commonly used password. Add another word or two."),
            "{advice}"
        );
        assert!(!advice.contains("assw0rd"), "{advice}");
        assert_eq!(refusal(4, "Squ4t_Deep").await.as_deref(), Some("Make it longer."));
    }

    #[tokio::test]
    async fn only_the_beginning_of_a_long_password_is_looked_at() {
        let good = "correct horse battery staple, and so on.";
        let (long, weak) = (good.repeat(3), format!("{}{good}", "a".repeat(40)));
        assert_eq!(refusal(4, &long).await, None);
        assert!(refusal(3, &weak).await.is_some());
        assert_eq!(refusal(3, &format!("{}{good}", "a".repeat(20))).await, None);
    }

    #[tokio::test]
    async fn the_work_is_done_elsewhere_and_takes_turns_with_hashes() {
        let estimator = estimator(1);
        let password = Password::presented("correct horse").unwrap();
        let mut first = pin!(estimator.check(&password, &[]));
        assert!(first.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        let second = estimator.check(&password, &[]).await;
        assert!(matches!(second, Err(StrengthError::NotJudged(HashError::Busy))), "{second:?}");
        first.await.unwrap();
        estimator.check(&password, &[]).await.unwrap();
    }

    proptest! {
        #[test]
        fn no_password_makes_it_panic(password in "\\PC{0,128}", name in "\\PC{0,255}") {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let password = Password::presented(&password).unwrap();
            let judged = runtime.block_on(estimator(4).check(&password, &[&name]));
            prop_assert!(matches!(judged, Ok(()) | Err(StrengthError::TooWeak { .. })), "{:?}", judged);
        }
    }
}
