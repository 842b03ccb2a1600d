//! Measures IronTrack against the limits of the machine that it runs on; `SPEC.md` says how and why.

mod bare;
mod client;
mod database;
mod error;
mod hashing;
mod machine;
mod measure;
mod pause;
mod replay;
mod report;
mod request;
mod scenario;
mod server;
mod stage;
mod tool;
mod usage;
mod wrk;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::{Args, Parser, Subcommand};

use crate::{
    error::{BenchError, io},
    machine::Machine,
    measure::{Numbers, Plan, Run},
    report::Report,
    scenario::Scenario,
    stage::{Cores, Scale, Stage},
    wrk::Load,
};

#[derive(Debug, Parser)]
#[command(about = "Measures IronTrack against the limits of the machine")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure scenarios and write a report
    Run(RunArguments),
    /// Serve handlers that do nothing: what the HTTP library does at most
    #[command(hide = true)]
    Bare {
        #[arg(long)]
        port: u16,
        #[arg(long)]
        workers: usize,
        #[arg(long)]
        cookie: String,
        #[arg(long)]
        bytes: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
struct RunArguments {
    /// The scenarios [default: all]
    scenarios: Vec<String>,
    /// The program to measure
    #[arg(long, default_value = "target/release/irontrack")]
    program: PathBuf,
    /// Where the report goes: report.md and report.json
    #[arg(long, default_value = "target/benchmarks")]
    out: PathBuf,
    /// Connections
    #[arg(long, default_value_t = 64)]
    connections: u32,
    /// Seconds of each run
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Runs that have to agree
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// People with a history
    #[arg(long, default_value_t = 100)]
    users: u32,
    /// Training sessions of each, of about twenty sets
    #[arg(long, default_value_t = 50)]
    sessions: u32,
    /// Only see whether every scenario works: one second each, no limits, little data
    #[arg(long)]
    smoke: bool,
    /// Cores of the server, such as `0`, instead of all
    #[arg(long)]
    server_cores: Option<String>,
    /// Cores of PostgreSQL
    #[arg(long)]
    postgresql_cores: Option<String>,
    /// Cores of the generator
    #[arg(long)]
    generator_cores: Option<String>,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Run(arguments) => run(&arguments),
        Command::Bare { port, workers, cookie, bytes } => {
            bare::serve(port, workers, cookie, bytes).map_err(io("bare handlers"))
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &RunArguments) -> Result<(), BenchError> {
    let chosen: Vec<Scenario> = scenario::ALL
        .into_iter()
        .filter(|scenario| {
            arguments.scenarios.is_empty() || arguments.scenarios.iter().any(|name| name == scenario.name)
        })
        .collect();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let cores = Cores {
        server: arguments.server_cores.clone(),
        postgresql: arguments.postgresql_cores.clone(),
        generator: arguments.generator_cores.clone(),
    };
    let scale = if arguments.smoke {
        Scale { users: 8, sessions: 5, signed_in: 8, room: 200 }
    } else {
        Scale { users: arguments.users, sessions: arguments.sessions, signed_in: 64.min(arguments.users), room: 100 }
    };
    let plan = Plan {
        load: Load {
            connections: if arguments.smoke { 8 } else { arguments.connections },
            duration: Duration::from_secs(if arguments.smoke { 1 } else { arguments.seconds }),
            cores: cores.generator.as_deref(),
        },
        warm_up: Duration::from_secs(if arguments.smoke { 1 } else { 3 }),
        runs: if arguments.smoke { 1 } else { arguments.runs },
        variation: 0.05,
        patience: Duration::from_secs(if arguments.smoke { 0 } else { 10 }),
        workers,
        with_limits: !arguments.smoke,
    };
    eprintln!("Setting the stage ...");
    let stage = Stage::set_up(&arguments.program, &scale, workers, &cores)?;
    let (start_ms, memory_at_start_mib) = starts(&stage, workers)?;
    let mut report = Report {
        began: now(),
        machine: Machine::look(stage.cluster.version(), &stage.binaries, stage.folder.path()),
        settings: vec![
            ("connections", plan.load.connections.to_string()),
            ("seconds of a run", plan.load.duration.as_secs().to_string()),
            ("runs", plan.runs.to_string()),
            ("people, sessions of each", format!("{}, {}", scale.users, scale.sessions)),
            ("cores of server, PostgreSQL, generator", shown(&cores)),
        ],
        memory_at_start_mib,
        start_ms,
        scenarios: Vec::new(),
        failed: Vec::new(),
    };
    let mut numbers = Numbers::default();
    for scenario in &chosen {
        match measure::measure(&stage, scenario, &plan, &mut numbers) {
            Ok(measured) => {
                if let Some(Run { seen, server_cpu_us, .. }) = measured.median() {
                    eprintln!("{:<16}{:>10.0} a second{server_cpu_us:>9.1} µs", scenario.name, seen.per_second);
                }
                report.scenarios.push(measured);
            }
            Err(error) => {
                eprintln!("{:<16}{error}", scenario.name);
                report.failed.push((scenario.name, error.to_string()));
            }
        }
    }
    write_down(&report, &arguments.out)?;
    println!("{}", report.markdown());
    if report.failed.is_empty() { Ok(()) } else { Err(BenchError::Incomplete(report.failed.len())) }
}

fn write_down(report: &Report, folder: &Path) -> Result<(), BenchError> {
    fs::create_dir_all(folder).map_err(io(folder.display().to_string()))?;
    let write = |name: &str, text: String| fs::write(folder.join(name), text).map_err(io(name));
    write("report.md", report.markdown())?;
    write("report.json", serde_json::to_string_pretty(report).unwrap_or_default())
}

/// How long the server takes to its first answer, in milliseconds, and its memory then, in MiB: medians of five starts.
fn starts(stage: &Stage, workers: usize) -> Result<(f64, f64), BenchError> {
    let (mut times, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let server = stage.program.serve(workers)?;
        times.push(server.start.as_secs_f64() * 1000.0);
        memory.push(usage::memory_mib(server.pid()));
    }
    times.sort_by(f64::total_cmp);
    memory.sort_by(f64::total_cmp);
    Ok((times[2], memory[2]))
}

fn shown(cores: &Cores) -> String {
    let all = [&cores.server, &cores.postgresql, &cores.generator];
    all.map(|cores| cores.as_deref().unwrap_or("all")).join(", ")
}

#[expect(clippy::disallowed_methods, reason = "the date of a report is that of the machine")]
fn now() -> String {
    chrono::Utc::now().format("%Y-%m-%d %H:%M UTC").to_string()
}
