//! PgBouncer: what the server accepts between itself and PostgreSQL, and what works through it.

use std::collections::BTreeMap;

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Exit, PoolMode, Pooler, PoolerOptions, Process, TestDatabase, program},
    http::{Client, Request},
};

use crate::server_dev::assert_one_line;

/// A server on a database behind a pooler of that kind, until it is known whether it starts.
fn start(mode: PoolMode, direct: impl Fn(&Pooler) -> Option<String>) -> Result<String, Exit> {
    let database = TestDatabase::ready_in_private();
    let pooler = Pooler::start(&database, PoolerOptions { mode, ..PoolerOptions::default() });
    let mut environment = App::environment(&database);
    environment.insert("DATABASE_URL".into(), pooler.url.clone());
    environment.extend(direct(&pooler).map(|url| ("DATABASE_DIRECT_URL".to_owned(), url)));
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let arguments = ["server", "run", "--address", "127.0.0.1", "--port", "0"];
    // A server that starts has to be told to stop, one that does not ends by itself.
    let mut process = Process::start(&arguments, folder.path(), &environment);
    if mode_is_refused(mode) || direct(&pooler).is_none() {
        return Err(process.wait());
    }
    let address = process.wait_until_ready();
    let answer = Client::new().send(&address, &Request::new("GET", "/health")).expect("it answers");
    Ok(answer.text())
}

fn mode_is_refused(mode: PoolMode) -> bool {
    matches!(mode, PoolMode::Forgetful | PoolMode::Statement)
}

#[test]
fn a_pooler_that_loses_prepared_statements_is_refused_at_start() {
    for (mode, said) in [
        (PoolMode::Forgetful, "loses prepared statements: PgBouncer needs version 1.21 or later"),
        (PoolMode::Statement, "allows no transactions"),
    ] {
        let exit = start(mode, |pooler| Some(pooler.direct_url.clone())).expect_err("it is refused");
        assert_eq!(exit.status.code(), Some(1), "{mode:?}: {}", exit.stderr);
        assert_one_line(&exit.stderr, said);
    }
}

#[test]
fn a_pooler_that_keeps_them_is_accepted() {
    for mode in [PoolMode::Transaction, PoolMode::Session] {
        let health = start(mode, |pooler| Some(pooler.direct_url.clone())).expect("it starts");
        assert!(health.contains(r#""database_status":"online""#), "{health}");
    }
}

#[test]
fn a_pooler_is_no_direct_way() {
    let exit = start(PoolMode::Transaction, |_| None).expect_err("it is refused");
    assert_eq!(exit.status.code(), Some(2), "{}", exit.stderr);
    assert_one_line(&exit.stderr, "set DATABASE_DIRECT_URL");
}

/// Settings that the adapter makes when it connects reach every connection of the pooler.
#[test]
fn sessions_behind_the_pooler_are_set_up() {
    let database = TestDatabase::ready_in_private();
    let pooler = Pooler::start(&database, PoolerOptions { server_connections: 1, ..PoolerOptions::default() });
    let settings = |url: &str, names: &[&str]| -> BTreeMap<String, String> {
        let mut client = postgres::Client::connect(url, postgres::NoTls).expect("it can be connected to");
        let show = |name: &&str| {
            let rows = client.simple_query(&format!("SHOW {name}")).expect("the setting is known");
            let value = rows.iter().find_map(|message| match message {
                postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
                _ => None,
            });
            ((*name).to_owned(), value.expect("it has a value"))
        };
        names.iter().map(show).collect()
    };
    let names =
        ["statement_timeout", "idle_in_transaction_session_timeout", "plan_cache_mode", "jit", "client_min_messages"];
    let expected = [
        ("statement_timeout", "1400ms"),
        ("idle_in_transaction_session_timeout", "5s"),
        ("plan_cache_mode", "force_generic_plan"),
        ("jit", "off"),
        ("client_min_messages", "warning"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    assert_eq!(settings(&pooler.url, &names), expected);
}

/// One client alone hides what many have to do with each other.
#[test]
fn twenty_clients_share_two_connections() {
    let database = std::sync::Arc::new(TestDatabase::ready_in_private());
    let pooler = Pooler::start(&database, PoolerOptions { server_connections: 2, ..PoolerOptions::default() });
    let settings = [
        ("DATABASE_URL", pooler.url.as_str()),
        ("DATABASE_DIRECT_URL", pooler.direct_url.as_str()),
        ("DATABASE_POOL_SIZE", "20"),
        ("DATABASE_MAX_POOL_OVERFLOW", "0"),
        ("DATABASE_POOL_TIMEOUT", "5"),
        // Every request asks the database.
        ("CACHE_ENABLED", "false"),
    ];
    let _built = program();
    let app = App::start_on(database, &settings);
    let mut mint = app.mint();
    let people: Vec<_> = (0..20).map(|_| mint.person(Role::ApplicationAccess)).collect();
    let paths = ["/api/v1/access/me", "/api/v1/exercises?pageSize=5", "/api/v1/exercises?searchString=press"];
    std::thread::scope(|scope| {
        for person in &people {
            scope.spawn(|| {
                for turn in 0..30 {
                    let answer = app.get(person, paths[turn % paths.len()]);
                    assert_eq!(answer.status, 200, "{}", answer.text());
                }
            });
        }
    });
}
