//! What `deploy` and the runbook say of the numbers, compared with what there is.

use std::collections::BTreeSet;

use irontrack_tests::harness::App;
use regex::Regex;
use serde_json::Value;

use super::scrape::{ANY_PORT, Scrape};

fn file(path: &str) -> String {
    let path = format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn found(pattern: &str, text: &str) -> BTreeSet<String> {
    let pattern = Regex::new(pattern).expect("a pattern");
    pattern.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// Every name of a number in a text.
fn numbers(text: &str) -> BTreeSet<String> {
    found(r"\b((?:irontrack|process)_[a-z_]+)\b", text)
}

#[test]
fn alerts_and_dashboard_use_numbers_that_exist() {
    let app = App::start_with(&[ANY_PORT]);
    let _one_request = app.send(&irontrack_tests::http::Request::new("GET", "/health"));
    let scrape = Scrape::of(&app);
    let names = scrape.names();
    for path in ["deploy/prometheus/alerts.yml", "deploy/grafana/irontrack.json"] {
        let used = numbers(&file(path));
        assert!(used.len() > 15, "{path} uses {used:?}");
        for name in used {
            assert!(names.contains(name.as_str()), "{path} uses {name}, which is not among {names:?}");
        }
    }
}

#[test]
fn every_alert_is_tested_both_ways_and_explained() {
    let alerts = found(r"- alert: (\w+)", &file("deploy/prometheus/alerts.yml"));
    assert!(alerts.len() >= 20, "{alerts:?}");
    let (tests, runbook) = (file("deploy/prometheus/alerts_test.yml"), file("docs/operations.md"));
    for kind in ["fires", "stays silent"] {
        assert_eq!(found(&format!(r"name: (\w+) {kind}"), &tests), alerts, "{kind}");
    }
    assert_eq!(found(r"(?m)^#### (\w+)$", &runbook), alerts, "headings of the runbook");
}

#[test]
fn the_dashboard_is_one_that_can_be_imported() {
    let dashboard: Value = serde_json::from_str(&file("deploy/grafana/irontrack.json")).expect("JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    let ids: BTreeSet<u64> = panels.iter().filter_map(|panel| panel["id"].as_u64()).collect();
    assert_eq!(ids.len(), panels.len(), "each has a number of its own");
    for panel in panels {
        assert!(panel["title"].is_string() && !panel["targets"].as_array().expect("targets").is_empty(), "{panel}");
    }
}
