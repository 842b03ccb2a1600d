//! What everything is measured on: a PostgreSQL that keeps what it acknowledges, made-up people, and a server.

use std::{
    collections::BTreeMap,
    fs::Permissions,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use irontrack_embedded::{Cluster, ClusterOptions, find_binaries};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    client::Client,
    database,
    error::{BenchError, io},
    request::Request,
    server::{Program, Server},
    tool,
};

/// The password of all made-up people.
pub(crate) const PASSWORD: &str = "Deadl1ft!";

/// How much there is.
#[derive(Debug, Clone)]
pub(crate) struct Scale {
    /// People with a history.
    pub(crate) users: u32,
    /// Sessions that each has, of about twenty sets.
    pub(crate) sessions: u32,
    /// How many of them are signed in.
    pub(crate) signed_in: u32,
    /// How many exercises with room for 200 sets each of those can add to.
    pub(crate) room: usize,
}

/// Somebody who is signed in, and what belongs to them.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Their address.
    pub(crate) email: String,
    /// Their cookie header.
    pub(crate) cookie: String,
    /// Paths of sessions.
    pub(crate) sessions: Vec<String>,
    /// Paths to which sets can be added.
    pub(crate) set_lists: Vec<String>,
}

/// Everything that is needed to measure.
#[derive(Debug)]
pub(crate) struct Stage {
    /// The server.
    pub(crate) server: Server,
    /// How it is started.
    pub(crate) program: Program,
    /// The database server.
    pub(crate) cluster: Cluster,
    /// Where the programs of PostgreSQL are.
    pub(crate) binaries: PathBuf,
    /// People who are signed in.
    pub(crate) people: Vec<Person>,
    /// Ids of exercises of the catalogue.
    pub(crate) exercises: Vec<String>,
    /// For files of generators.
    pub(crate) folder: TempDir,
}

impl Stage {
    /// Makes a database, fills it, starts the server and signs people in.
    pub(crate) fn set_up(program: &Path, scale: &Scale, workers: usize, cores: &Cores) -> Result<Self, BenchError> {
        // As root the database server runs as another user, who must be able to enter.
        let open = Permissions::from_mode(0o755);
        let folder = tempfile::Builder::new().prefix("irontrack-bench-").permissions(open).tempdir();
        let folder = folder.map_err(io("a temporary folder"))?;
        let cluster = Cluster::start(ClusterOptions::new(folder.path().join("data")))?;
        if let Some(cores) = &cores.postgresql {
            let pid = cluster.pid().to_string();
            tool::output(Command::new("taskset").args(["--all-tasks", "--cpu-list", "--pid", cores, &pid]))?;
        }
        let found = find_binaries(None)?;
        let mut environment: BTreeMap<_, _> = [
            ("APP_ENVIRONMENT", "dev"),
            ("DATABASE_URL", &cluster.url("postgres")),
            ("COOKIE_SECURE", "false"),
            ("LOG_LEVEL", "warn"),
            // Everybody comes from one address here.
            ("RATE_LIMIT_ENABLED", "false"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        let mut program = Program {
            path: fs_path(program)?,
            environment: environment.clone(),
            folder: folder.path().to_owned(),
            cores: cores.server.clone(),
        };
        environment.insert("JWT_PRIVATE_KEY".into(), program.run(&["keys", "generate"])?.trim().to_owned());
        program.environment = environment;
        program.run(&["database", "upgrade", "--yes"])?;
        program.run(&["users", "create-roles"])?;
        program.run(&["catalog", "seed"])?;
        let (users, sessions) = (scale.users.to_string(), scale.sessions.to_string());
        program.run(&["demo", "seed", "--users", &users, "--sessions", &sessions, "--password", PASSWORD])?;
        database::run(&cluster, &["CHECKPOINT", "VACUUM ANALYZE"])?;
        let server = program.serve(workers)?;
        let client = Client::new(&server.address);
        let people: Result<Vec<_>, _> =
            (1..=scale.signed_in).map(|number| Person::arrive(&client, number, scale.room)).collect();
        let people = people?;
        let exercises = match people.first() {
            Some(person) => exercises(&client, person)?,
            None => Vec::new(),
        };
        Ok(Self { server, program, cluster, binaries: found.folder, people, exercises, folder })
    }
}

/// Which cores each part may use; all where none are named.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cores {
    /// The server.
    pub(crate) server: Option<String>,
    /// PostgreSQL.
    pub(crate) postgresql: Option<String>,
    /// Generators of load.
    pub(crate) generator: Option<String>,
}

fn fs_path(path: &Path) -> Result<PathBuf, BenchError> {
    path.canonicalize().map_err(|_| BenchError::Missing(path.to_owned()))
}

impl Person {
    /// Signs in, looks at their sessions, and begins new ones to which sets can be added.
    fn arrive(client: &Client, number: u32, room: usize) -> Result<Self, BenchError> {
        let email = format!("demo-{number:06}@demo.example");
        let form = format!("username={}&password={}", email.replace('@', "%40"), PASSWORD.replace('!', "%21"));
        let cookie = client.send(&Request::form("/api/v1/access/signin", form))?.cookies;
        let list = client.json(&Request::get("/api/v1/training-sessions?pageSize=100").by(&cookie))?;
        let sessions = paths("/api/v1/training-sessions", &list["items"]);
        let mut person = Self { email, cookie, sessions, set_lists: Vec::new() };
        let exercise = client.json(&Request::get("/api/v1/exercises?pageSize=1").by(&person.cookie))?;
        let done = json!({"exerciseId": exercise["items"][0]["id"], "mode": "reps", "sets": []});
        for part in (0..room).collect::<Vec<_>>().chunks(100) {
            let body = json!({"userTimezone": "Europe/Berlin", "exercises": vec![done.clone(); part.len()]});
            let session = client.json(&Request::post("/api/v1/training-sessions", &body).by(&person.cookie))?;
            let path = format!("/api/v1/training-sessions/{}", text(&session["id"]));
            let exercises = session["exercises"].as_array().into_iter().flatten();
            person.set_lists.extend(exercises.map(|exercise| format!("{path}/exercises/{}/sets", exercise["id"])));
        }
        Ok(person)
    }
}

fn exercises(client: &Client, person: &Person) -> Result<Vec<String>, BenchError> {
    let mut all = Vec::new();
    for page in 1..=7 {
        let path = format!("/api/v1/exercises?scope=system&pageSize=100&currentPage={page}");
        let list = client.json(&Request::get(path).by(&person.cookie))?;
        all.extend(paths("/api/v1/exercises", &list["items"]));
    }
    Ok(all)
}

fn paths(list: &str, items: &Value) -> Vec<String> {
    items.as_array().into_iter().flatten().map(|item| format!("{list}/{}", text(&item["id"]))).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
