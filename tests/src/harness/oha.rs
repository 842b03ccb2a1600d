//! Load from `oha`: requests at a fixed rate, whether answers come or not. Latencies count from the moment at which a
//! request was due, so that what had to wait for an answer before it is not hidden.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde::Deserialize;
use tempfile::TempDir;

use super::Session;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Traffic<'a> {
    /// As whom.
    pub who: &'a Session,
    /// The method.
    pub method: &'static str,
    /// The addresses, taken in any order.
    pub addresses: Vec<String>,
    /// The JSON that is sent along.
    pub body: Option<String>,
    /// Requests a second.
    pub rate: f64,
    /// Connections.
    pub connections: u32,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answers {
    /// How many there were of each status.
    pub statuses: BTreeMap<u16, u64>,
    /// Requests without an answer.
    pub lost: u64,
    /// The time in which 99 % of the answers with a status below 400 came.
    pub p99: Duration,
    /// The same for the others; nothing if there were none.
    pub refused_p99: Duration,
    /// How long it took in all.
    pub took: Duration,
}

impl Answers {
    /// Answers with a status below 400.
    #[must_use]
    pub fn good(&self) -> u64 {
        self.statuses.range(..400).map(|(_, count)| count).sum()
    }

    /// Good answers a second.
    #[must_use]
    pub fn goodput(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
        let good = self.good() as f64;
        good / self.took.as_secs_f64()
    }

    /// Whether everything was answered, and well.
    #[must_use]
    pub fn all_good(&self) -> bool {
        self.lost == 0 && self.good() > 0 && self.statuses.range(400..).next().is_none()
    }
}

impl fmt::Display for Answers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds: Vec<_> = self.statuses.iter().map(|(status, count)| format!("{count}x{status}")).collect();
        let (kinds, lost) = (kinds.join(" "), self.lost);
        let [good, refused] = [self.p99, self.refused_p99].map(|time| time.as_secs_f64() * 1000.0);
        write!(formatter, "{kinds}, {lost} lost, p99 {good:.1} ms (others {refused:.1} ms)")
    }
}

/// A generator that is running.
#[derive(Debug)]
pub struct Oha {
    child: Child,
    folder: TempDir,
}

impl Oha {
    /// Starts it. `OHA` names the program, else it is looked for on the path.
    #[must_use]
    pub fn start(traffic: &Traffic<'_>, duration: Duration) -> Self {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let addresses = folder.path().join("addresses");
        fs::write(&addresses, traffic.addresses.join("\n")).expect("the addresses can be written");
        let mut command = Command::new(program());
        command.args(["--no-tui", "--output-format", "json", "--stats-success-breakdown", "--latency-correction"]);
        command.args(["--disable-compression", "--redirect", "0", "--wait-ongoing-requests-after-deadline"]);
        command.arg("-z").arg(format!("{}ms", duration.as_millis()));
        command.arg("-q").arg(traffic.rate.to_string()).arg("-c").arg(traffic.connections.to_string());
        command.args(["-t", "10s", "-m", traffic.method]);
        let cookie = traffic.who.access.as_deref().unwrap_or_default();
        command.arg("-H").arg(format!("Cookie: access_token={cookie}"));
        if let Some(body) = &traffic.body {
            command.args(["-T", "application/json", "-d", body]);
        }
        command.arg("--output").arg(folder.path().join("report"));
        command.arg("--urls-from-file").arg(addresses);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        Self { child: child.expect("oha is missing: bash scripts/install-oha.sh"), folder }
    }

    /// Waits for its end.
    #[must_use]
    pub fn answers(mut self) -> Answers {
        let status = self.child.wait().expect("it can be waited for");
        assert!(status.success(), "oha ended with {status}");
        let report = fs::read_to_string(self.folder.path().join("report")).expect("there is a report");
        let report: Report = serde_json::from_str(&report).unwrap_or_else(|error| panic!("{error}: {report}"));
        let seconds = |percentiles: &Percentiles| Duration::from_secs_f64(percentiles.p99.unwrap_or_default());
        let ended = "aborted due to deadline";
        let lost = report.error_distribution.iter().filter(|(why, _)| *why != ended).map(|(_, count)| count).sum();
        Answers {
            statuses: report.status_code_distribution,
            lost,
            p99: seconds(&report.latency_percentiles_successful),
            refused_p99: seconds(&report.latency_percentiles_not_successful),
            took: Duration::from_secs_f64(report.summary.total),
        }
    }
}

fn program() -> PathBuf {
    std::env::var_os("OHA").map_or_else(|| "oha".into(), PathBuf::from)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    summary: Summary,
    latency_percentiles_successful: Percentiles,
    latency_percentiles_not_successful: Percentiles,
    status_code_distribution: BTreeMap<u16, u64>,
    error_distribution: BTreeMap<String, u64>,
}

#[derive(Deserialize)]
struct Summary {
    total: f64,
}

#[derive(Deserialize)]
struct Percentiles {
    p99: Option<f64>,
}
