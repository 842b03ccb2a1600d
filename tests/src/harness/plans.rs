//! What the database does for a request: the plans of its statements, as PostgreSQL logs them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::TestDatabase;

/// For new connections: every statement is logged with its plan, its times and what it read.
const SETTINGS: [(&str, &str); 7] = [
    ("session_preload_libraries", "auto_explain"),
    ("auto_explain.log_min_duration", "0"),
    ("auto_explain.log_analyze", "on"),
    ("auto_explain.log_buffers", "on"),
    ("auto_explain.log_timing", "on"),
    ("auto_explain.log_nested_statements", "off"),
    ("auto_explain.log_parameter_max_length", "0"),
];

/// The log of a database in a cluster of its own, in which plans stand.
#[derive(Debug)]
pub struct PlanLog(PathBuf);

impl PlanLog {
    /// Has the plans of all statements logged that come over connections opened from now on.
    #[must_use]
    pub fn begin(database: &TestDatabase) -> Self {
        let mut client = database.connect();
        let name: String = client.query_one("SELECT current_database()::text", &[]).expect("a name").get(0);
        for (setting, value) in SETTINGS {
            let sql = format!("ALTER DATABASE {name} SET {setting} = '{value}'");
            client.batch_execute(&sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
        }
        let data: String = client.query_one("SHOW data_directory", &[]).expect("a folder").get(0);
        let candidates = [Path::new(&data).join("postgres.log"), Path::new(&data).with_file_name("postgres.log")];
        Self(candidates.into_iter().find(|path| path.is_file()).unwrap_or_else(|| panic!("no log beside {data}")))
    }

    /// What was logged meanwhile, without parameters.
    pub fn of<T>(&self, work: impl FnOnce() -> T) -> (T, String) {
        let before = fs::read(&self.0).expect("the log can be read").len();
        let done = work();
        let logged = fs::read(&self.0).expect("the log can be read");
        let logged = String::from_utf8_lossy(&logged[before..]).into_owned();
        assert!(logged.contains("plan:"), "expected plans in {}: {logged}", self.0.display());
        let lines = logged.lines().filter(|line| !line.contains("query parameters"));
        (done, lines.fold(String::new(), |text, line| text + line + "\n"))
    }
}
