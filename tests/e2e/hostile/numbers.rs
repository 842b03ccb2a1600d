//! Numbers around the limits of every width.

use irontrack_tests::{harness::bodies, http::Request};
use serde_json::json;

use super::Attack;

/// One below, at and one above every limit, and beyond all of them.
fn edges() -> Vec<String> {
    let limits = [i128::from(i16::MIN), i128::from(i16::MAX), i128::from(i32::MIN), i128::from(i32::MAX)];
    let wide = [i128::from(i64::MIN), i128::from(i64::MAX), i128::from(u64::MAX), i128::from(u32::MAX)];
    let mut all: Vec<String> =
        limits.into_iter().chain(wide).flat_map(|n| [n - 1, n, n + 1]).map(|n| n.to_string()).collect();
    all.extend([i128::MAX.to_string(), i128::MIN.to_string(), "9".repeat(40), "-0".into(), "0".into()]);
    all
}

#[test]
fn numbers_at_the_edges_find_nothing_and_break_nothing() {
    let mut attack = Attack::start();
    for edge in edges() {
        let get = |path: String| Request::new("GET", &path);
        for segment in ["muscle-groups", "equipment", "exercise-tags"] {
            let path = format!("/api/v1/catalogs/{segment}/{edge}");
            let too_large = if edge.len() > 39 { &[404, 422][..] } else { &[404] };
            attack.expect(&path, get(path.clone()), too_large);
            attack.expect(&path, Request::new("DELETE", &path), too_large);
            let rename = Request::new("PATCH", &path).json(&json!({"name": "renamed"}));
            attack.expect(&path, rename, too_large);
        }
        for name in ["primaryMuscles", "equipment", "tags"] {
            let path = format!("/api/v1/exercises?{name}={edge}");
            let too_large = if edge.len() > 39 { &[200, 422][..] } else { &[200] };
            let answer = attack.expect(&path, get(path.clone()), too_large);
            if answer.status == 200 && !answer.text().contains("\"total\":0") {
                attack.failures.push(format!("{path}: expected nothing, got {}", answer.text()));
            }
        }
        for path in ["/api/v1/users", "/api/v1/exercises"] {
            attack.expect(&edge, get(format!("{path}?currentPage={edge}")), &[200, 422]);
            attack.expect(&edge, get(format!("{path}?pageSize={edge}")), &[422]);
            attack.expect(&edge, get(format!("{path}?currentPage={edge}&pageSize=100")), &[200, 422]);
        }
        attack.expect(&edge, get(format!("/api/v1/users?createdAfter={edge}")), &[200, 422]);
        attack.expect(&edge, get(format!("/api/v1/users?createdBefore={edge}.5")), &[200, 422]);
        attack.expect(&edge, get(format!("/api/v1/users?isActive={edge}")), &[200, 422]);
    }
    attack.check(true);
}

#[test]
fn numbers_in_bodies_are_refused_or_unknown() {
    let mut attack = Attack::start();
    let mut numbers = edges();
    // Beyond every float, below every float, and long ones.
    let odd = ["1e400", "-1e400", "1e-400", "1E5", "0.1", "123456789.000000001", "1e308", "5e-324", "0e0"];
    numbers.extend(odd.map(str::to_owned));
    numbers.push("1".repeat(100_000));
    numbers.push(format!("0.{}", "1".repeat(100_000)));
    let send = |body: String| Request::new("POST", "/api/v1/exercises/user").body(Some("application/json"), body);
    for number in numbers {
        let shown: String = number.chars().take(40).collect();
        for (field, value) in [("primaryMuscles", "[#]"), ("equipment", "[1,#]"), ("secondaryMuscles", "[#]")] {
            let body = bodies::with(bodies::exercise("Numbers"), field, json!("HERE")).to_string();
            let body = body.replace("\"HERE\"", &value.replace('#', &number));
            attack.expect(&format!("{field} {shown}"), send(body), &[404, 422]);
        }
        for field in ["name", "difficultyLevel", "force", "unknown"] {
            let body = bodies::with(bodies::exercise("Numbers"), field, json!("HERE")).to_string();
            attack.expect(&format!("{field} {shown}"), send(body.replace("\"HERE\"", &number)), &[422]);
        }
        let user = bodies::with(bodies::user("numbers@example.com"), "isActive", json!("HERE")).to_string();
        let request = Request::new("POST", "/api/v1/users")
            .body(Some("application/json"), user.replace("\"HERE\"", &format!("[{number}]")));
        attack.expect(&format!("isActive {shown}"), request, &[422]);
    }
    attack.check(true);
}
