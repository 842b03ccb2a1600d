//! Reading `/metrics`.

use std::collections::{BTreeMap, BTreeSet};

use irontrack_tests::{
    harness::App,
    http::{Client, Request, Response},
};

/// Lets the listener of operations take any free port.
pub(super) const ANY_PORT: (&str, &str) = ("OPERATIONS_LISTEN", "127.0.0.1:0");

/// Where operators reach it: `127.0.0.1:1234`.
pub(super) fn place(app: &App) -> String {
    let printed = app.process.printed();
    let line = printed.lines().find(|line| line.contains("Operations")).expect("a row");
    line.split_whitespace().find(|word| word.starts_with("127.0.0.1:")).expect("an address").to_owned()
}

/// Asks the listener of operations.
pub(super) fn ask(app: &App, method: &str, path: &str) -> Response {
    let client = Client::new();
    client.send(&format!("http://{}", place(app)), &Request::new(method, path)).expect("an answer")
}

/// Numbers by name and labels, as they stand in the text.
#[derive(Debug)]
pub(super) struct Scrape {
    pub(super) text: String,
    numbers: BTreeMap<String, f64>,
}

impl Scrape {
    pub(super) fn of(app: &App) -> Self {
        let answer = ask(app, "GET", "/metrics");
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("application/openmetrics-text")));
        let text = answer.text();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let number = |line: &str| {
            let (name, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("a value: {line}"));
            (name.to_owned(), value.parse().unwrap_or_else(|_| panic!("a number: {line}")))
        };
        let numbers = lines.map(number).collect();
        Self { text, numbers }
    }

    /// A number by its name and labels; those that were never counted are 0.
    pub(super) fn get(&self, name: &str) -> f64 {
        self.numbers.get(name).copied().unwrap_or_default()
    }

    /// What is declared: the names of all families.
    pub(super) fn families(&self) -> BTreeSet<&str> {
        let types = self.text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
        types.filter_map(|line| line.split(' ').next()).collect()
    }

    /// The names of all series, without their labels.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        self.numbers.keys().filter_map(|name| name.split('{').next()).collect()
    }

    /// How many series there are.
    pub(super) fn series(&self) -> usize {
        self.numbers.len()
    }
}
