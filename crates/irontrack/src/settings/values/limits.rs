//! Limits.

use std::num::NonZeroU32;

use irontrack_application::access::AccessLimits;

use crate::settings::{Problem, reader::Reader};

impl Reader<'_> {
    /// How many sessions an account may have: by default more than anybody has devices.
    pub(in crate::settings) fn max_sessions(&mut self) -> Result<NonZeroU32, Problem> {
        let up_to = |sessions: u32| NonZeroU32::MIN.saturating_add(sessions - 1);
        self.integer("SESSION_MAX_PER_ACCOUNT", up_to(100), up_to(1)..=up_to(10_000))
    }

    /// The rate limits; none where they are not enabled.
    pub(in crate::settings) fn access_limits(&mut self, enabled_by_default: bool) -> Result<AccessLimits, Problem> {
        let default = AccessLimits::default();
        let is_enabled = self.boolean("RATE_LIMIT_ENABLED", enabled_by_default);
        let mut limit = |name, default| self.integer(name, default, 0..=10_000);
        let sign_in_account = limit("RATE_LIMIT_SIGN_IN_ACCOUNT", default.sign_in_account);
        let sign_in_address = limit("RATE_LIMIT_SIGN_IN_ADDRESS", default.sign_in_address);
        let password_change = limit("RATE_LIMIT_PASSWORD_CHANGE", default.password_change);
        let sign_up = limit("RATE_LIMIT_SIGN_UP", default.sign_up);
        let refresh = limit("RATE_LIMIT_REFRESH", default.refresh);
        let limits = AccessLimits {
            sign_in_account: sign_in_account?,
            sign_in_address: sign_in_address?,
            password_change: password_change?,
            sign_up: sign_up?,
            refresh: refresh?,
        };
        Ok(if is_enabled? { limits } else { AccessLimits::OFF })
    }
}
