//! What PostgreSQL does at most: the statements of requests, taken from its log and sent again by `pgbench`.

use std::{fs, path::PathBuf, time::Duration};

use regex::{Captures, Regex};
use serde_json::Value;

use crate::{
    client::Client,
    database,
    error::{BenchError, io},
    pause::pause,
    request::Request,
    stage::Stage,
    tool,
    wrk::Load,
};

/// How many different requests are recorded. Each becomes a script, of which every transaction takes one at random.
const RECORDED: usize = 40;

/// What `pgbench` saw.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Replayed {
    /// Transactions a second.
    pub(crate) per_second: f64,
    /// Mean time of one, in milliseconds.
    pub(crate) mean_ms: f64,
}

/// Records what the database does for the requests, and does it again with as many connections as the server has at
/// most.
pub(crate) fn limit(stage: &Stage, requests: &[Request], load: &Load<'_>, first: u64) -> Result<Replayed, BenchError> {
    let program = stage.binaries.join("pgbench");
    if !program.is_file() {
        return Err(BenchError::Missing(program));
    }
    let scripts = record(stage, requests, first)?;
    let mut command = tool::on_cores(&program.to_string_lossy(), load.cores);
    // The pool of the server has fifteen connections.
    let (clients, seconds) = (load.connections.min(15).to_string(), load.duration.as_secs().max(1).to_string());
    command.args(["--no-vacuum", "--protocol", "prepared", "--client", &clients, "--jobs", "2", "--time", &seconds]);
    for script in &scripts {
        command.arg("--file").arg(script);
    }
    command.arg(stage.cluster.url("postgres"));
    read(&tool::output(&mut command)?)
}

fn read(output: &str) -> Result<Replayed, BenchError> {
    let figure = |name: &str| {
        let line = output.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim_start_matches([' ', '=']).split_ascii_whitespace().next()?.parse::<f64>().ok()
    };
    match (figure("tps"), figure("latency average")) {
        (Some(per_second), Some(mean_ms)) => Ok(Replayed { per_second, mean_ms }),
        _ => Err(BenchError::Output { program: "pgbench", output: output.to_owned() }),
    }
}

/// Sends some of the requests while the database logs all statements, and writes a script for each.
fn record(stage: &Stage, requests: &[Request], first: u64) -> Result<Vec<PathBuf>, BenchError> {
    let log = stage.cluster.data_dir().join("postgres.log");
    let client = Client::new(&stage.server.address);
    let read_log = || fs::read_to_string(&log).map_err(io(log.display().to_string()));
    logging(stage, "0")?;
    let mut scripts = Vec::new();
    // With a step that shares no divisor with the number of people, so that all of them come.
    let step = requests.len() / RECORDED + 1;
    for (number, request) in (first..).zip(requests.iter().cycle().step_by(step).take(RECORDED)) {
        // Whoever is asked for the first time is looked up as well.
        client.send(&request.numbered(number + 1_000_000))?;
        let before = read_log()?.len();
        let answer = client.send(&request.numbered(number))?;
        let logged = read_log()?;
        let made = serde_json::from_slice::<Value>(&answer.bytes).ok();
        let made = made.as_ref().and_then(|made| made["id"].as_str()).filter(|_| request.is_unique());
        let statements = statements(&logged[before..], &format!("{number:012}"), made);
        if statements.is_empty() {
            return Err(BenchError::Output { program: "PostgreSQL", output: format!("no statement of {request:?}") });
        }
        let script = stage.folder.path().join(format!("replay-{}.sql", scripts.len()));
        let text = format!("\\set r random(1, 9000000000000)\n{}", statements.join(";\n") + ";\n");
        fs::write(&script, text).map_err(io(script.display().to_string()))?;
        scripts.push(script);
    }
    logging(stage, "-1")?;
    Ok(scripts)
}

/// Has all statements logged that take so many milliseconds, or none.
fn logging(stage: &Stage, milliseconds: &str) -> Result<(), BenchError> {
    let set = format!("ALTER SYSTEM SET log_min_duration_statement = {milliseconds}");
    database::run(&stage.cluster, &[&set, "SELECT pg_reload_conf()"])?;
    // Every connection notices it before its next statement, but only after the server has told it.
    pause(Duration::from_millis(300));
    Ok(())
}

/// The statements of a part of the log, with their parameters in place. What is unique, and the id of what was made,
/// differs each time.
fn statements(log: &str, unique: &str, made: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    // Lines that go on begin with a tab.
    for entry in log.replace("\n\t", " ").lines() {
        if let Some((_, statement)) = entry.split_once(" ms  ").filter(|(start, _)| start.contains("duration:")) {
            let sent = statement.strip_prefix("statement: ");
            let executed =
                statement.strip_prefix("execute ").and_then(|rest| rest.split_once(": ")).map(|(_, sql)| sql);
            found.extend(sent.or(executed).map(|sql| sql.trim_end_matches(';').to_owned()));
        } else if let Some((_, parameters)) = entry.split_once("DETAIL:  parameters: ")
            && entry_is_of_execution(&found)
            && let Some(last) = found.last_mut()
        {
            *last = with_parameters(last, parameters, unique, made);
        }
    }
    found.retain(|sql| !sql.contains("pg_reload_conf"));
    found
}

/// Parameters are logged with the binding too; those of the execution come after its statement.
fn entry_is_of_execution(found: &[String]) -> bool {
    found.last().is_some_and(|last| last.contains("$1"))
}

fn with_parameters(sql: &str, parameters: &str, unique: &str, made: Option<&str>) -> String {
    let Ok(parameter) = Regex::new(r"\$(\d+) = (NULL|'(?:[^']|'')*')") else { return sql.to_owned() };
    let Ok(place) = Regex::new(r"\$(\d+)") else { return sql.to_owned() };
    let values: std::collections::BTreeMap<_, _> =
        parameter.captures_iter(parameters).map(|found| (found[1].to_owned(), found[2].to_owned())).collect();
    let value = |found: &Captures<'_>| match values.get(&found[1]) {
        Some(value) if made.is_some_and(|made| value.trim_matches('\'') == made) => {
            "lpad(to_hex((:r)::bigint), 32, '0')::uuid".to_owned()
        }
        Some(value) if value.contains(unique) => {
            let other = value.replace(unique, "' || lpad((:r)::text, 12, '0') || '");
            format!("({other})")
        }
        Some(value) => value.clone(),
        None => found[0].to_owned(),
    };
    place.replace_all(sql, value).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "2026-11-29 17:12:00 UTC [7] LOG:  duration: 0.018 ms  statement: BEGIN\n\
        2026-11-29 17:12:00 UTC [7] LOG:  duration: 0.3 ms  bind s1: INSERT INTO t VALUES ($1, $2, $3)\n\
        2026-11-29 17:12:00 UTC [7] DETAIL:  parameters: $1 = 'x', $2 = 'x', $3 = 'x'\n\
        2026-11-29 17:12:00 UTC [7] LOG:  duration: 0.3 ms  execute s1: INSERT INTO t\n\tVALUES ($1, $2, $3)\n\
        2026-11-29 17:12:00 UTC [7] DETAIL:  parameters: $1 = '0192a000-0000-7000-8000-0000000000aa', \
        $2 = 'it''s 000000000042', $3 = NULL\n\
        2026-11-29 17:12:00 UTC [7] LOG:  duration: 0.018 ms  statement: COMMIT\n";

    #[test]
    fn statements_are_found_with_their_parameters() {
        let found = statements(LOG, "000000000042", Some("0192a000-0000-7000-8000-0000000000aa"));
        let insert = "INSERT INTO t VALUES (lpad(to_hex((:r)::bigint), 32, '0')::uuid, \
            ('it''s ' || lpad((:r)::text, 12, '0') || ''), NULL)";
        assert_eq!(found, ["BEGIN", insert, "COMMIT"]);
        assert_eq!(statements(LOG, "no such", None)[1].matches("'0192a000").count(), 1);
    }

    #[test]
    fn figures_are_read() {
        let output = "transaction type: multiple scripts\nlatency average = 0.412 ms\n\
            initial connection time = 11.2 ms\ntps = 4852.123456 (without initial connection time)\n";
        let replayed = read(output).unwrap();
        assert!((replayed.per_second - 4_852.123_456).abs() < 1e-9 && (replayed.mean_ms - 0.412).abs() < 1e-9);
        assert!(read("nothing").is_err());
    }
}
