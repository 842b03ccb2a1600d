//! The contract of the API, seen from in front of the proxy.

use irontrack_tests::{
    cases::Fixtures,
    harness::{Front, Topology, furnish},
};

use crate::contract_cases;

/// Cases whose request nginx refuses itself, because it is none by the rules of HTTP; its answer has the same shape.
const REFUSED_BY_NGINX: [&str; 1] = ["conventions-output-nul-in-path-text"];

#[test]
fn all_due_cases_pass_through_the_proxy() {
    let fixtures = Fixtures::load().expect("the fixtures can be read");
    let settings: Vec<(&str, &str)> =
        fixtures.environment.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
    let topology = Topology::start(Front::Plain, &settings);
    let world = furnish(&topology.app, &fixtures);
    let cases = contract_cases::due();
    let cases: Vec<_> = cases.into_iter().filter(|case| !REFUSED_BY_NGINX.contains(&case.id.as_str())).collect();
    let failures = contract_cases::failures(&cases, &world);
    assert!(
        failures.is_empty(),
        "{} of {} cases failed:\n\n{}\n\nthe proxy:\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n\n"),
        topology.nginx.error_log()
    );
    let served = |number: usize| topology.instances()[number].log().matches("request_completed").count();
    assert!(served(0) > 100 && served(1) > 100, "both instances serve: {} and {}", served(0), served(1));
    println!("{} cases passed", cases.len());
}
