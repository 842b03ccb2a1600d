//! What was measured, for people and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use crate::{machine::Machine, measure::Measured};

/// Everything of one sitting.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// When it began, UTC.
    pub(crate) began: String,
    /// On which machine.
    pub(crate) machine: Machine,
    /// How: connections, seconds, runs, people and sessions.
    pub(crate) settings: Vec<(&'static str, String)>,
    /// Memory of the server before the first request, in MiB.
    pub(crate) memory_at_start_mib: f64,
    /// From the start of the process to its first answer, in milliseconds: the median of several starts.
    pub(crate) start_ms: f64,
    /// All scenarios that could be measured.
    pub(crate) scenarios: Vec<Measured>,
    /// Those that could not, and why.
    pub(crate) failed: Vec<(&'static str, String)>,
}

impl Report {
    /// The report as Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("# Benchmarks of {}\n\n| | |\n|---|---|\n", self.began);
        for (name, value) in self.machine.rows().iter().chain(&self.settings) {
            let _always = writeln!(text, "| {name} | {value} |");
        }
        let _always = writeln!(text, "| memory after the start | {:.1} MiB |", self.memory_at_start_mib);
        let _always = writeln!(text, "| start to the first answer | {:.0} ms |", self.start_ms);
        text += "\nRates are those of the median run. Latency is that of a closed loop, with all connections busy: it says how \
            long the queue is, not how quick the server can be.\n\n\
            | scenario | a second | mean | p50 | p90 | p99 | CPU of the server | CPU of PostgreSQL | memory | limit | of the limit |\n\
            |---|--:|--:|--:|--:|--:|--:|--:|--:|---|--:|\n";
        for measured in &self.scenarios {
            let Some(median) = measured.median() else { continue };
            let seen = &median.seen;
            let (limit, share) = measured.bound.as_ref().map_or_else(Default::default, |bound| {
                let extra = bound.cpu_us.map(|us| format!(", {us:.1} µs")).unwrap_or_default();
                let limit = format!("{}: {:.0} a second{extra}", bound.what, bound.per_second);
                (limit, format!("{:.0} %", 100.0 * seen.per_second / bound.per_second.max(1e-9)))
            });
            let unsteady = if measured.is_clean { "" } else { " (unsteady)" };
            let _always = writeln!(
                text,
                "| {}{unsteady} | {:.0} | {:.2} ms | {:.2} ms | {:.2} ms | {:.2} ms | {:.1} µs | {:.1} µs | {:.0} MiB | {limit} | {share} |",
                measured.name,
                seen.per_second,
                seen.mean_ms,
                seen.p50_ms,
                seen.p90_ms,
                seen.p99_ms,
                median.server_cpu_us,
                median.postgresql_cpu_us,
                median.memory_mib,
            );
        }
        for (name, problem) in &self.failed {
            let _always = writeln!(text, "\n**{name} could not be measured**: {problem}");
        }
        text += "\n## Targets\n\n| scenario | wanted | |\n|---|---|---|\n";
        for measured in &self.scenarios {
            let cpu = measured.target_cpu_us.map(|us| format!("at most {us:.0} µs in the server"));
            let share = measured.target_share.map(|share| format!("at least {:.0} % of the limit", share * 100.0));
            let wanted: Vec<_> = cpu.into_iter().chain(share).collect();
            if !wanted.is_empty() {
                let missed = measured.missed();
                let result = if missed.is_empty() { "met".to_owned() } else { missed.join(", ") };
                let _always = writeln!(text, "| {} | {} | {result} |", measured.name, wanted.join(", "));
            }
        }
        text
    }
}
