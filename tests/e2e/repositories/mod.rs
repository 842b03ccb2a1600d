//! PostgreSQL under the contract suites of repositories and queries, each on an empty migrated database.

mod backdoor;

use std::time::Duration;

use irontrack_ports::testing::{
    Ports, account, audit, catalogue,
    exercise::{likeness, paging, search, seeding, single, wording},
    export, grant, idempotency, import, invalidation, role, session, training_plan, training_session, training_unit,
    unit_of_work,
};
use irontrack_ports::{InvalidationChannel as _, UnitOfWorkFactory as _};
use irontrack_postgres_adapter::{
    Migrator, Pool, PoolOptions, PostgresChannel, PostgresQueries, PostgresUnitOfWorkFactory,
};
use irontrack_tests::harness::TestDatabase;
use postgres::{Client, NoTls};

use backdoor::Sql;

/// Runs a suite against an empty migrated database.
fn against_postgres(suite: impl AsyncFnOnce(&Ports<'_>)) {
    let database = TestDatabase::empty();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let migrating = async { Migrator::new(&database.url).upgrade().await.expect("the migrations run") };
    runtime.expect("there is a runtime").block_on(migrating);
    run_suite(&database.url, &database.url, suite);
}

/// Runs a suite with up to 20 connections to that address of an empty migrated database; the other one leads straight to
/// the database.
pub(super) fn run_suite(url: &str, direct_url: &str, suite: impl AsyncFnOnce(&Ports<'_>)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("there is a runtime").block_on(async {
        let options = PoolOptions {
            max_size: 20,
            // The suites are about what is answered, however slow the machine is.
            checkout_timeout: Duration::from_secs(20),
            connect_timeout: Duration::from_secs(20),
            statement_timeout: Duration::from_secs(20),
            ..PoolOptions::new(url)
        };
        let pool = Pool::connect(options, tokio::runtime::Handle::current()).await.expect("there is a pool");
        let units = PostgresUnitOfWorkFactory::new(pool.clone());
        let queries = PostgresQueries::new(pool);
        let backdoor = Sql { url: direct_url.to_owned() };
        let ports = Ports {
            units: &units,
            accounts: &queries,
            audit: &queries,
            catalogues: &queries,
            exercises: &queries,
            training_units: &queries,
            training_plans: &queries,
            training_sessions: &queries,
            grants: &queries,
            export: &queries,
            imports: &queries,
            health: &queries,
            backdoor: &backdoor,
        };
        suite(&ports).await;
    });
}

/// The channel on a database of its own.
fn over_postgres(test: impl AsyncFnOnce(&TestDatabase, &PostgresChannel, &PostgresChannel)) {
    let database = TestDatabase::empty();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("there is a runtime").block_on(async {
        let channel = || PostgresChannel::new(&database.url, tokio::runtime::Handle::current()).expect("a good URL");
        let (one, other) = (channel(), channel());
        let test = test(&database, &one, &other);
        tokio::time::timeout(Duration::from_secs(60), test).await.expect("all messages come");
    });
}

#[test]
fn invalidations() {
    over_postgres(async |_, one, other| invalidation::contract(one, other).await);
}

#[test]
fn a_message_of_a_unit_of_work_is_sent_if_and_when_it_is_committed() {
    over_postgres(async |database, channel, _| {
        let pool = Pool::connect(PoolOptions::new(&database.url), tokio::runtime::Handle::current()).await;
        let units = PostgresUnitOfWorkFactory::new(pool.expect("there is a pool"));
        let mut ear = channel.listen().await.expect("the server answers");
        let mut undone = units.begin().await.expect("a unit of work");
        undone.announce(&["undone".into()]).await.expect("it is announced");
        undone.rollback().await.expect("it is rolled back");
        let mut done = units.begin().await.expect("a unit of work");
        done.announce(&["first".into(), "second".into()]).await.expect("it is announced");
        channel.publish("before the commit").await.expect("it is sent");
        assert_eq!(ear.hear().await.expect("a message"), "before the commit");
        done.commit().await.expect("it is committed");
        assert_eq!(ear.hear().await.expect("a message"), "first");
        assert_eq!(ear.hear().await.expect("a message"), "second");
    });
}

#[test]
fn an_ear_ends_with_its_connection() {
    over_postgres(async |database, channel, _| {
        let mut ear = channel.listen().await.expect("the server answers");
        let url = database.url.clone();
        let kill = move || {
            let mut client = Client::connect(&url, NoTls).expect("a connection");
            let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                       WHERE application_name = 'irontrack invalidation' AND datname = current_database()";
            client.execute(sql, &[]).expect("it can be ended");
        };
        tokio::task::spawn_blocking(kill).await.expect("the connections were ended");
        assert!(ear.hear().await.is_err(), "its connection is gone");
        let mut ear = channel.listen().await.expect("another one can be made");
        channel.publish("after").await.expect("it is sent");
        assert_eq!(ear.hear().await.expect("a message"), "after");
    });
}

#[test]
fn accounts() {
    against_postgres(account::contract);
}

#[test]
fn training_units() {
    against_postgres(training_unit::contract);
}

#[test]
fn training_plans() {
    against_postgres(training_plan::contract);
}

#[test]
fn training_sessions() {
    against_postgres(training_session::contract);
}

#[test]
fn exports() {
    against_postgres(export::contract);
}

#[test]
fn grants() {
    against_postgres(grant::contract);
}

#[test]
fn kept_answers() {
    against_postgres(idempotency::contract);
}

#[test]
fn imports() {
    against_postgres(import::contract);
}

#[test]
fn the_audit_trail() {
    against_postgres(audit::contract);
}

#[test]
fn sessions() {
    against_postgres(session::contract);
}

#[test]
fn roles() {
    against_postgres(role::contract);
}

#[test]
fn catalogues() {
    against_postgres(catalogue::contract);
}

#[test]
fn exercises_are_seeded() {
    against_postgres(seeding::contract);
}

#[test]
fn exercises_are_listed() {
    against_postgres(paging::contract);
}

#[test]
fn exercises_are_searched() {
    against_postgres(search::contract);
}

#[test]
fn exercises_are_found_however_they_are_written() {
    against_postgres(wording::contract);
}

#[test]
fn exercises_are_found_in_spite_of_mistakes() {
    against_postgres(likeness::contract);
}

#[test]
fn exercises_are_found() {
    against_postgres(single::contract);
}

#[test]
fn units_of_work() {
    against_postgres(unit_of_work::contract);
}

/// A server that accepts connections and says nothing, as a frozen one does.
#[test]
fn a_server_that_never_answers_is_given_up() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = silent.local_addr().expect("an address").port();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("there is a runtime").block_on(async {
        let options = PoolOptions {
            connect_timeout: Duration::from_millis(300),
            ..PoolOptions::new(format!("postgresql://somebody@127.0.0.1:{port}/nothing"))
        };
        let connecting = Pool::connect(options, tokio::runtime::Handle::current());
        let outcome = tokio::time::timeout(Duration::from_secs(20), connecting).await;
        assert!(outcome.expect("it is given up long before").is_err(), "there is no database");
    });
}
