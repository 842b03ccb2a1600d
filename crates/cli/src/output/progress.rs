//! A sign of life during long work.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Something that moves on standard error while work goes on, if that is a terminal. It goes away when it is dropped.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Starts to move.
    #[must_use = "it ends when it is dropped"]
    pub fn start(what: &'static str) -> Self {
        Self::show(ProgressBar::new_spinner(), "{spinner} {msg} {elapsed}", what)
    }

    /// The same for work of which nobody knows how many steps it has: it shows how many were done.
    #[must_use = "it ends when it is dropped"]
    pub fn counting(what: &'static str) -> Self {
        Self::show(ProgressBar::new_spinner(), "{spinner} {msg} {human_pos} ({elapsed})", what)
    }

    /// The same for work of so many steps.
    #[must_use = "it ends when it is dropped"]
    pub fn of(what: &'static str, steps: usize) -> Self {
        Self::show(ProgressBar::new(steps as u64), "{msg} {wide_bar} {pos}/{len}", what)
    }

    /// So many steps more are done.
    pub fn advance(&self, steps: usize) {
        self.0.inc(steps as u64);
    }

    fn show(bar: ProgressBar, template: &str, what: &'static str) -> Self {
        // Draws to standard error, and nothing where that is no terminal.
        let bar = bar.with_message(what);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        // At once: work that is done soon is seen as well.
        bar.tick();
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
