//! Measuring one scenario: runs until enough of them agree, and the limit beside them.

use std::{fs, time::Duration};

use serde::Serialize;

use crate::{
    client::Client,
    error::{BenchError, io},
    hashing, replay,
    request::Request,
    scenario::{Limit, Scenario},
    stage::Stage,
    usage::{self, CoreCounters, Cores},
    wrk::{self, Load, Seen},
};

/// How it is measured.
#[derive(Debug, Clone)]
pub(crate) struct Plan<'a> {
    /// How much load, and how long each run takes.
    pub(crate) load: Load<'a>,
    /// Load before the first run, which is not counted.
    pub(crate) warm_up: Duration,
    /// How many runs have to agree.
    pub(crate) runs: usize,
    /// By how much of the median their rates may differ.
    pub(crate) variation: f64,
    /// Worker threads of the servers.
    pub(crate) workers: usize,
    /// How long the machine may take to come to rest before a run.
    pub(crate) patience: Duration,
    /// Whether limits are measured.
    pub(crate) with_limits: bool,
}

/// One run.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Run {
    /// What the generator saw.
    #[serde(flatten)]
    pub(crate) seen: Seen,
    /// Processor time of the server for each answer, in microseconds.
    pub(crate) server_cpu_us: f64,
    /// That of PostgreSQL.
    pub(crate) postgresql_cpu_us: f64,
    /// Memory of the server after the run, in MiB.
    pub(crate) memory_mib: f64,
    /// How busy the machine was.
    pub(crate) cores: Cores,
    /// The load average before the run.
    pub(crate) load_average: f64,
}

/// What bounds a scenario, measured in the same sitting.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Bound {
    /// What it is.
    pub(crate) what: String,
    /// So many a second.
    pub(crate) per_second: f64,
    /// Processor time of the bare server for each answer, in microseconds.
    pub(crate) cpu_us: Option<f64>,
    /// Mean time of a transaction of `pgbench`, in milliseconds.
    pub(crate) mean_ms: Option<f64>,
}

/// What was measured of a scenario.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Measured {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it does.
    pub(crate) what: &'static str,
    /// The runs that count.
    pub(crate) runs: Vec<Run>,
    /// Whether enough of them agreed.
    pub(crate) is_clean: bool,
    /// What bounds it.
    pub(crate) bound: Option<Bound>,
    /// At most so much processor time is wanted.
    pub(crate) target_cpu_us: Option<f64>,
    /// At least this share of the bound is wanted.
    pub(crate) target_share: Option<f64>,
}

impl Measured {
    /// The run in the middle.
    pub(crate) fn median(&self) -> Option<&Run> {
        let mut runs: Vec<_> = self.runs.iter().collect();
        runs.sort_by(|one, other| one.seen.per_second.total_cmp(&other.seen.per_second));
        runs.get(runs.len() / 2).copied()
    }

    /// What is missed of the targets, or not known, in words.
    pub(crate) fn missed(&self) -> Vec<String> {
        let Some(median) = self.median() else { return vec!["not measured".to_owned()] };
        let mut missed = Vec::new();
        if let Some(wanted) = self.target_cpu_us.filter(|wanted| median.server_cpu_us > *wanted) {
            missed.push(format!("{:.1} µs instead of {wanted:.0} µs", median.server_cpu_us));
        }
        if let Some(wanted) = self.target_share {
            match &self.bound {
                Some(bound) => {
                    let share = median.seen.per_second / bound.per_second.max(1e-9);
                    if share < wanted {
                        missed.push(format!("{:.0} % instead of {:.0} % of the limit", share * 100.0, wanted * 100.0));
                    }
                }
                None => missed.push("the limit was not measured".to_owned()),
            }
        }
        missed
    }
}

/// Numbers that make requests unique; none is used twice while the database lives.
#[derive(Debug, Default)]
pub(crate) struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 += 1_000_000_000;
        self.0
    }
}

/// Measures a scenario.
pub(crate) fn measure(
    stage: &Stage,
    scenario: &Scenario,
    plan: &Plan<'_>,
    numbers: &mut Numbers,
) -> Result<Measured, BenchError> {
    let requests = scenario.requests(stage);
    let plan = &Plan { load: Load { connections: connections(scenario, plan), ..plan.load.clone() }, ..plan.clone() };
    if let Some(first) = requests.first() {
        Client::new(&stage.server.address).send(&first.numbered(numbers.next()))?;
    }
    let warm_up = Load { duration: plan.warm_up, ..plan.load.clone() };
    wrk::run(&stage.server.address, &requests, &warm_up, numbers.next(), stage.folder.path())?;
    let mut runs = Vec::new();
    let mut is_clean = false;
    // Twice as many as are wanted, if they do not agree at once.
    for _ in 0..plan.runs * 2 {
        usage::wait_for_rest(plan.patience);
        runs.push(run(stage, scenario, &requests, plan, numbers)?);
        let newest = &runs[runs.len().saturating_sub(plan.runs)..];
        is_clean = newest.len() == plan.runs && spread(newest) <= plan.variation;
        if is_clean {
            runs = newest.to_vec();
            break;
        }
    }
    let bound = if plan.with_limits { bound(stage, scenario, &requests, plan, numbers)? } else { None };
    let (target_cpu_us, target_share) = (scenario.target.cpu_us, scenario.target.share);
    Ok(Measured { name: scenario.name, what: scenario.what, runs, is_clean, bound, target_cpu_us, target_share })
}

/// No more passwords than are checked or may wait for that: whoever comes beyond is refused, and refusals are cheap.
fn connections(scenario: &Scenario, plan: &Plan<'_>) -> u32 {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    match scenario.limit {
        Limit::Hashing => plan.load.connections.min(u32::try_from(cores * 8).unwrap_or(u32::MAX)),
        _ => plan.load.connections,
    }
}

/// By how much of the middle the rates differ.
fn spread(runs: &[Run]) -> f64 {
    let mut rates: Vec<_> = runs.iter().map(|run| run.seen.per_second).collect();
    rates.sort_by(f64::total_cmp);
    match rates[..] {
        [] => f64::INFINITY,
        [first, .., last] => (last - first) / rates[rates.len() / 2].max(1e-9),
        [_] => 0.0,
    }
}

fn run(
    stage: &Stage,
    scenario: &Scenario,
    requests: &[Request],
    plan: &Plan<'_>,
    numbers: &mut Numbers,
) -> Result<Run, BenchError> {
    let load_average = usage::load_average();
    let pids = [stage.server.pid(), stage.cluster.pid()];
    let before = (pids.map(usage::cpu_seconds), CoreCounters::now());
    let seen = wrk::run(&stage.server.address, requests, &plan.load, numbers.next(), stage.folder.path())?;
    let after = (pids.map(usage::cpu_seconds), CoreCounters::now());
    if seen.errors > 0 {
        return Err(BenchError::Errors { scenario: scenario.name, count: seen.errors });
    }
    let per_answer = |place: usize| (after.0[place] - before.0[place]) * 1e6 / count(seen.answers);
    Ok(Run {
        server_cpu_us: per_answer(0),
        postgresql_cpu_us: per_answer(1),
        memory_mib: usage::memory_mib(pids[0]),
        cores: after.1.since(&before.1),
        load_average,
        seen,
    })
}

#[expect(clippy::cast_precision_loss, reason = "a small count")]
fn count(answers: u64) -> f64 {
    answers.max(1) as f64
}

fn bound(
    stage: &Stage,
    scenario: &Scenario,
    requests: &[Request],
    plan: &Plan<'_>,
    numbers: &mut Numbers,
) -> Result<Option<Bound>, BenchError> {
    usage::wait_for_rest(plan.patience);
    Ok(match scenario.limit {
        Limit::Bare(path) => Some(bare(stage, path, None, plan)?),
        Limit::Bytes => match requests.first() {
            Some(request) => {
                let answer = Client::new(&stage.server.address).send(request)?;
                Some(bare(stage, "/bytes", Some(&answer.bytes), plan)?)
            }
            None => None,
        },
        Limit::Sql => {
            let replayed = replay::limit(stage, requests, &plan.load, numbers.next())?;
            Some(Bound {
                what: "`pgbench` with the same statements".to_owned(),
                per_second: replayed.per_second,
                cpu_us: None,
                mean_ms: Some(replayed.mean_ms),
            })
        }
        Limit::Hashing => {
            let threads = std::thread::available_parallelism().map_or(1, usize::from);
            let rate = hashing::rate(threads, plan.load.duration);
            let rate = rate.map_err(|error| BenchError::Output { program: "Argon2", output: error.to_string() })?;
            Some(Bound {
                what: format!("Argon2id on {threads} threads"),
                per_second: rate,
                cpu_us: None,
                mean_ms: None,
            })
        }
        Limit::None => None,
    })
}

/// What bare handlers do under the same load.
fn bare(stage: &Stage, path: &'static str, bytes: Option<&[u8]>, plan: &Plan<'_>) -> Result<Bound, BenchError> {
    let file = stage.folder.path().join("bytes");
    if let Some(bytes) = bytes {
        fs::write(&file, bytes).map_err(io("bytes"))?;
    }
    let cookie = stage.people.first().map(|person| person.cookie.clone()).unwrap_or_default();
    let server = stage.program.serve_bare(plan.workers, &cookie, bytes.map(|_| file.as_path()))?;
    let requests = [Request::get(path).by(&cookie)];
    let warm_up = Load { duration: plan.warm_up, ..plan.load.clone() };
    wrk::run(&server.address, &requests, &warm_up, 0, stage.folder.path())?;
    let before = usage::cpu_seconds(server.pid());
    let seen = wrk::run(&server.address, &requests, &plan.load, 0, stage.folder.path())?;
    let used = usage::cpu_seconds(server.pid()) - before;
    if seen.errors > 0 {
        return Err(BenchError::Errors { scenario: "bare handlers", count: seen.errors });
    }
    let what = if bytes.is_some() { "the same bytes from memory" } else { "a bare handler" };
    let cpu_us = Some(used * 1e6 / count(seen.answers));
    Ok(Bound { what: what.to_owned(), per_second: seen.per_second, cpu_us, mean_ms: None })
}
