//! How much names are compared for one file.

use std::sync::atomic::{AtomicU64, Ordering};

/// What may still be spent. It is shared by all questions to one matcher, so that a file with any number of names costs
/// a bounded time.
#[derive(Debug)]
pub(super) struct Effort(AtomicU64);

impl Effort {
    /// So many steps, each the comparison of two letters or less.
    pub(super) const fn of(steps: u64) -> Self {
        Self(AtomicU64::new(steps))
    }

    /// Whether nothing is left.
    pub(super) fn is_spent(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }

    /// Takes what was spent. The last question may take more than there was.
    pub(super) fn spend(&self, steps: u64) {
        // The closure always answers something.
        let _before =
            self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_sub(steps)));
    }
}
