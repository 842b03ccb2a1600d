//! Repositories and queries under their contract suites, through a pooler: twenty clients on two connections to the server,
//! or on as many as a suite has transactions open at a time.

use irontrack_ports::testing::{
    Ports, account, audit, catalogue,
    exercise::{likeness, paging, search, seeding, single, wording},
    role, session, training_session, unit_of_work,
};
use irontrack_postgres_adapter::Migrator;
use irontrack_tests::harness::{Pooler, PoolerOptions, TestDatabase};

use crate::repositories::run_suite;

/// As few as can be.
const FEW: u32 = 2;

/// For suites that begin up to sixteen transactions before they end one, and look at what others see.
const MANY: u32 = 17;

fn through_the_pooler(server_connections: u32, suite: impl AsyncFnOnce(&Ports<'_>)) {
    let database = TestDatabase::empty_in_private();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let migrating = async { Migrator::new(&database.url).upgrade().await.expect("the migrations run") };
    runtime.expect("there is a runtime").block_on(migrating);
    let pooler =
        Pooler::start(&database, PoolerOptions { server_connections, is_patient: true, ..PoolerOptions::default() });
    run_suite(&pooler.url, &database.url, suite);
}

#[test]
fn accounts() {
    through_the_pooler(FEW, account::contract);
}

#[test]
fn the_audit_trail() {
    through_the_pooler(FEW, audit::contract);
}

#[test]
fn sessions() {
    through_the_pooler(MANY, session::contract);
}

#[test]
fn roles() {
    through_the_pooler(MANY, role::contract);
}

#[test]
fn catalogues() {
    through_the_pooler(MANY, catalogue::contract);
}

#[test]
fn exercises_are_seeded() {
    through_the_pooler(MANY, seeding::contract);
}

#[test]
fn exercises_are_listed() {
    through_the_pooler(FEW, paging::contract);
}

#[test]
fn exercises_are_searched() {
    through_the_pooler(FEW, search::contract);
}

#[test]
fn exercises_are_found_however_they_are_written() {
    through_the_pooler(FEW, wording::contract);
}

#[test]
fn exercises_are_found_in_spite_of_mistakes() {
    through_the_pooler(FEW, likeness::contract);
}

#[test]
fn exercises_are_found() {
    through_the_pooler(FEW, single::contract);
}

#[test]
fn training_sessions() {
    through_the_pooler(MANY, training_session::contract);
}

#[test]
fn units_of_work() {
    through_the_pooler(MANY, unit_of_work::contract);
}
