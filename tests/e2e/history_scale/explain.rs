//! What the database does for a request: the plans of its statements, as the server logs them.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use irontrack_tests::harness::{App, TestDatabase};

use super::visitor::{QUESTIONS, Visitor};

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

/// Asks each question on a server of its own, and prints the plans. The first time fills caches and prepares statements.
pub(super) fn on(database: &Arc<TestDatabase>, visit: impl for<'a> Fn(&'a App) -> Visitor<'a>) {
    let mut client = database.connect();
    let name: String = client.query_one("SELECT current_database()::text", &[]).expect("a name").get(0);
    for (setting, value) in SETTINGS {
        let sql = format!("ALTER DATABASE {name} SET {setting} = '{value}'");
        client.batch_execute(&sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    }
    let log = log(&client.query_one("SHOW data_directory", &[]).expect("a folder").get::<_, String>(0));
    let app = App::start_on(database.clone(), &[]);
    let visitor = visit(&app);
    for question in QUESTIONS {
        let first = visitor.ask(question, 0);
        assert!(matches!(first.status, 200 | 201), "{question}: {}", first.text());
        let before = length(&log);
        let second = visitor.ask(question, 1);
        assert!(matches!(second.status, 200 | 201), "{question}: {}", second.text());
        let logged = fs::read(&log).expect("the log can be read");
        let logged = String::from_utf8_lossy(&logged[before..]).into_owned();
        println!("\n--- {question}");
        for line in logged.lines().filter(|line| !line.contains("query parameters")) {
            println!("{line}");
        }
        assert!(logged.contains("plan:"), "{question}: expected plans in {}", log.display());
    }
}

/// The log of a private cluster is beside its data.
fn log(data: &str) -> PathBuf {
    let candidates = [Path::new(data).join("postgres.log"), Path::new(data).with_file_name("postgres.log")];
    candidates.iter().find(|path| path.is_file()).unwrap_or_else(|| panic!("no log beside {data}")).clone()
}

fn length(log: &Path) -> usize {
    fs::metadata(log).expect("the log is there").len().try_into().expect("a small log")
}
