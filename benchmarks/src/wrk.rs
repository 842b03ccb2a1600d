//! Closed-loop load with `wrk`: so many connections, each of which sends its next request when it has its answer.

use std::{fs, path::Path, time::Duration};

use serde::Serialize;

use crate::{
    error::{BenchError, io},
    request::Request,
    tool,
};

/// How much load.
#[derive(Debug, Clone)]
pub(crate) struct Load<'a> {
    /// Requests under way at a time.
    pub(crate) connections: u32,
    /// How long.
    pub(crate) duration: Duration,
    /// The cores that the generator may use; all if none are named.
    pub(crate) cores: Option<&'a str>,
}

/// What `wrk` saw.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Seen {
    /// Answers a second.
    pub(crate) per_second: f64,
    /// Answers in all.
    pub(crate) answers: u64,
    /// Answers that were not successful, and requests without an answer.
    pub(crate) errors: u64,
    /// Mean latency in milliseconds.
    pub(crate) mean_ms: f64,
    /// Half of the answers came within so many milliseconds.
    pub(crate) p50_ms: f64,
    /// 90 % did.
    pub(crate) p90_ms: f64,
    /// 99 % did.
    pub(crate) p99_ms: f64,
}

/// The generator: goes through the requests, each thread from a place of its own, and writes a new number over every
/// [`UNIQUE`](crate::request::UNIQUE).
const SCRIPT: &str = r#"
local requests, threads = {}, 0
for part in io.open(os.getenv("REQUESTS"), "rb"):read("*a"):gmatch("([^%z]+)%z") do
    requests[#requests + 1] = part
end
local first = tonumber(os.getenv("FIRST"))
function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end
function init()
    place = math.floor(number * #requests / 2)
    unique = first + number * 100000000
end
function request()
    place = place % #requests + 1
    unique = unique + 1
    return (requests[place]:gsub("@@@@@@@@@@@@", function() return string.format("%012d", unique) end))
end
function done(summary, latency)
    local errors = summary.errors
    io.write(string.format("\nFIGURES %d %d %d %.1f %.1f %.1f %.1f\n", summary.requests, summary.duration,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout,
        latency.mean, latency:percentile(50), latency:percentile(90), latency:percentile(99)))
end
"#;

/// A script without anything unique hands out its requests as they are.
const PLAIN_SCRIPT: &str = r"return requests[place]";

/// Sends requests and answers what came back. The numbers that make requests unique begin with the first one.
pub(crate) fn run(
    address: &str,
    requests: &[Request],
    load: &Load<'_>,
    first: u64,
    folder: &Path,
) -> Result<Seen, BenchError> {
    let is_unique = requests.iter().any(Request::is_unique);
    let mut script = SCRIPT.to_owned();
    if !is_unique {
        let (start, end) = ("return (requests[place]:gsub", "\nend\nfunction done");
        if let (Some(from), Some(to)) = (script.find(start), script.find(end)) {
            script.replace_range(from..to, PLAIN_SCRIPT);
        }
    }
    let host = address.trim_start_matches("http://");
    let mut raw = Vec::new();
    for request in requests {
        raw.extend(request.raw(host));
        raw.push(0);
    }
    let (script_file, request_file) = (folder.join("load.lua"), folder.join("requests"));
    fs::write(&script_file, script).map_err(io("load.lua"))?;
    fs::write(&request_file, raw).map_err(io("requests"))?;
    let mut command = tool::on_cores("wrk", load.cores);
    let (connections, seconds) = (load.connections.to_string(), format!("{}s", load.duration.as_secs().max(1)));
    let threads = if load.connections == 1 { "1" } else { "2" };
    command.args(["-t", threads, "-c", &connections, "-d", &seconds, "--timeout", "10s", "-s"]).arg(&script_file);
    command.arg(address).env("REQUESTS", &request_file).env("FIRST", first.to_string());
    read(&tool::output(&mut command)?)
}

fn read(output: &str) -> Result<Seen, BenchError> {
    let unexpected = || BenchError::Output { program: "wrk", output: output.to_owned() };
    let line = output.lines().find_map(|line| line.strip_prefix("FIGURES ")).ok_or_else(unexpected)?;
    let figures: Vec<f64> = line.split(' ').filter_map(|figure| figure.parse().ok()).collect();
    let [answers, micros, errors, mean, p50, p90, p99] = figures[..] else { return Err(unexpected()) };
    Ok(Seen {
        per_second: answers / (micros / 1e6).max(1e-6),
        answers: whole(answers),
        errors: whole(errors),
        mean_ms: mean / 1000.0,
        p50_ms: p50 / 1000.0,
        p90_ms: p90 / 1000.0,
        p99_ms: p99 / 1000.0,
    })
}

/// A count that came as text.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts are small and not negative")]
fn whole(count: f64) -> u64 {
    count as u64
}
