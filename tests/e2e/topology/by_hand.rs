//! `just topology`.

use irontrack_domain::account::Role;
use irontrack_tests::harness::{Front, Topology, password};

#[test]
#[ignore = "for people, who look at it: just topology"]
fn topology_by_hand() {
    let topology = Topology::start(Front::Tls, &[("COOKIE_SECURE", "true"), ("RATE_LIMIT_ENABLED", "true")]);
    let administrator = "system.admin@example.com";
    topology.app.insert_account(administrator, Role::Superuser, true);
    let address = topology.nginx.address(Front::Tls);
    println!("\nIronTrack is ready, behind its proxy, until you press Ctrl-C:\n");
    println!(
        "  documentation   {address}/docs  (the certificate is signed by {})",
        topology.nginx.authority().display()
    );
    println!("  administrator   {administrator}, {}", password());
    println!("  instances       {:?}", topology.instances().map(irontrack_tests::harness::Process::pid));
    println!("  PgBouncer       psql '{}'", topology.pooler.url);
    println!("  PostgreSQL      psql '{}'", topology.pooler.direct_url);
    println!("  cache           {}\n", topology.cache.url());
    println!("  curl --cacert {} {address}/health\n", topology.nginx.authority().display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("there is a runtime");
    runtime.block_on(tokio::signal::ctrl_c()).expect("the signal can be waited for");
    println!("\nStopping ...");
}
