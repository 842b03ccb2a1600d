//! Texts that are never printed.

use std::fmt;

use zeroize::Zeroizing;

/// A secret, and the setting that it comes from. Wiped when dropped, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    setting: &'static str,
    text: Zeroizing<String>,
}

impl Secret {
    /// Wraps a secret. `setting` is what a message about it names.
    #[must_use]
    pub fn new(setting: &'static str, text: String) -> Self {
        Self { setting, text: Zeroizing::new(text) }
    }

    /// The secret, for whoever needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// The setting that it comes from, such as `DATABASE_URL` or `DATABASE_URL_FILE`.
    #[must_use]
    pub const fn setting(&self) -> &'static str {
        self.setting
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({}, hidden)", self.setting)
    }
}
