//! Repositories and queries under their contract suites, through a pooler: twenty clients on two connections to the server.

use irontrack_ports::testing::{
    Ports, account, audit, catalogue,
    exercise::{likeness, paging, search, seeding, single, wording},
    role, session, unit_of_work,
};
use irontrack_postgres_adapter::Migrator;
use irontrack_tests::harness::{Pooler, PoolerOptions, TestDatabase};

use crate::repositories::run_suite;

fn through_the_pooler(suite: impl AsyncFnOnce(&Ports<'_>)) {
    let database = TestDatabase::empty_in_private();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let migrating = async { Migrator::new(&database.url).upgrade().await.expect("the migrations run") };
    runtime.expect("there is a runtime").block_on(migrating);
    let pooler = Pooler::start(&database, PoolerOptions { server_connections: 2, ..PoolerOptions::default() });
    run_suite(&pooler.url, &database.url, suite);
}

#[test]
fn accounts() {
    through_the_pooler(account::contract);
}

#[test]
fn the_audit_trail() {
    through_the_pooler(audit::contract);
}

#[test]
fn sessions() {
    through_the_pooler(session::contract);
}

#[test]
fn roles() {
    through_the_pooler(role::contract);
}

#[test]
fn catalogues() {
    through_the_pooler(catalogue::contract);
}

#[test]
fn exercises_are_seeded() {
    through_the_pooler(seeding::contract);
}

#[test]
fn exercises_are_listed() {
    through_the_pooler(paging::contract);
}

#[test]
fn exercises_are_searched() {
    through_the_pooler(search::contract);
}

#[test]
fn exercises_are_found_however_they_are_written() {
    through_the_pooler(wording::contract);
}

#[test]
fn exercises_are_found_in_spite_of_mistakes() {
    through_the_pooler(likeness::contract);
}

#[test]
fn exercises_are_found() {
    through_the_pooler(single::contract);
}

#[test]
fn units_of_work() {
    through_the_pooler(unit_of_work::contract);
}
