//! Bodies and queries of monstrous shape.

use irontrack_tests::{
    harness::{bodies, body, documented_operations},
    http::Request,
};
use serde_json::{Value, json};

use super::Attack;

const DEPTH: usize = 10_000;

#[test]
fn deep_json_is_refused_everywhere() {
    let mut attack = Attack::start();
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(DEPTH), close.repeat(DEPTH));
    let shapes =
        [deep("[", "]"), deep("{\"a\":", "}"), deep("[{\"a\":", "}]"), "[".repeat(DEPTH), "{\"a\":".repeat(DEPTH)];
    for operation in documented_operations().into_iter().filter(|operation| operation.json_body().is_some()) {
        let valid = attack.mint.valid_request(&operation, &attack.superuser.clone());
        let sent: Value = serde_json::from_slice(valid.body.as_deref().unwrap_or_default()).expect("a JSON body");
        let fields: Vec<String> = sent.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default();
        for shape in &shapes {
            let request = |text: &str| valid.clone().body(Some("application/json"), text);
            attack.expect(&format!("{} is deep", operation.id), request(shape), &[422]);
            for field in &fields {
                let text = bodies::with(sent.clone(), field, json!("HERE")).to_string();
                let request = request(&text.replace("\"HERE\"", shape));
                attack.expect(&format!("{} {field} is deep", operation.id), request, &[422]);
            }
        }
    }
    attack.check(true);
}

#[test]
fn many_fields_elements_and_duplicates() {
    let mut attack = Attack::start();
    let post = |text: String| Request::new("POST", "/api/v1/exercises/user").body(Some("application/json"), text);
    let valid = bodies::exercise("Many").to_string();
    let inside = valid.trim_end_matches('}');
    let unknown: String = (0..10_000).map(|n| format!(",\"x{n}\":1")).collect();
    let answer = attack.expect("10 000 unknown fields", post(format!("{inside}{unknown}}}")), &[422]);
    assert_eq!(body(&answer)["details"].as_array().map(Vec::len), Some(100), "an answer stays short");
    let wrong = format!("{inside},\"primaryMuscles\":[{}]}}", vec!["\"x\""; 50_000].join(","));
    attack.expect("50 000 wrong elements", post(wrong), &[422]);
    let right = format!("{inside},\"primaryMuscles\":[{}]}}", vec!["5,6"; 50_000].join(","));
    let answer = attack.expect("100 000 right elements", post(right), &[201]);
    assert_eq!(body(&answer)["primaryMuscles"].as_array().map(Vec::len), Some(2));
    let unknown_ids: Vec<String> = (100..50_100).map(|n| n.to_string()).collect();
    let unknown_ids = format!("{inside},\"primaryMuscles\":[{}]}}", unknown_ids.join(","));
    attack.expect("50 000 unknown ids", post(unknown_ids), &[404]);
    // The last of equal keys counts.
    let twice: String = (0..10_000).map(|n| format!(",\"name\":\"Twice {n}\"")).collect();
    let answer = attack.expect("10 000 equal keys", post(format!("{inside}{twice}}}")), &[201]);
    assert_eq!(body(&answer)["name"], "Twice 9999");
    let wrong_at_last = format!("{inside},\"name\":7}}");
    attack.expect("a wrong one at last", post(wrong_at_last), &[422]);
    attack.check(true);
}

#[test]
fn many_parameters() {
    let mut attack = Attack::start();
    // An address has 65 534 bytes at most; what is longer is refused before anything looks at it.
    let repeated = |pair: &str, times: usize| vec![pair; times].join("&");
    let different = (0..10_000).map(|n| format!("{n:x}")).collect::<Vec<_>>().join("&");
    let exercises = "/api/v1/exercises";
    let total = |body: &str| {
        let page: Value = serde_json::from_str(body).unwrap_or_default();
        page["total"].as_i64()
    };
    let many = attack.expect_long("9 000 tags", exercises, &repeated("tags=1", 9_000), &[200]);
    let one = attack.expect_long("one tag", exercises, "tags=1", &[200]);
    if total(&one).is_none_or(|total| total == 0) || total(&many) != total(&one) {
        attack.failures.push(format!("9 000 equal tags found {:?}, one {:?}", total(&many), total(&one)));
    }
    let numbers: Vec<_> = (0..6_000).map(|n| format!("tags={n}")).collect();
    attack.expect_long("6 000 different tags", exercises, &numbers.join("&"), &[200]);
    attack.expect_long("5 000 page sizes", exercises, &repeated("pageSize=5", 5_000), &[200]);
    attack.expect_long("9 000 wrong tags", exercises, &repeated("tags=x", 9_000), &[422]);
    attack.expect_long("an address too long", exercises, &repeated("tags=1", 10_000), &[400, 414]);
    for list in [exercises, "/api/v1/users", "/api/v1/catalogs/equipment"] {
        attack.expect_long(list, list, &different, &[422]);
        attack.expect_long(list, list, &repeated("zz=1", 10_000), &[422]);
        attack.expect_long(list, list, &"&".repeat(10_000), &[200]);
        attack.expect_long(list, list, &"=&".repeat(10_000), &[422]);
    }
    for other in ["/api/v1/access/me", "/api/v1/access/sessions", "/health", "/ping", "/api/v1/catalogs/equipment/1"] {
        attack.expect_long(other, other, &different, &[200]);
    }
    attack.expect_long("criteria", "/api/v1/exercises/criteria/", &format!("slug=plank&{different}"), &[200]);
    // Longer than a head may be.
    attack.expect_long("a million signs", exercises, &"x".repeat(1_000_000), &[0, 400, 414, 431]);
    attack.check(true);
}

#[test]
fn forms_of_monstrous_shape() {
    let mut attack = Attack::start();
    let sign_in = || Request::new("POST", "/api/v1/access/signin");
    let form = |text: String| sign_in().body(Some("application/x-www-form-urlencoded"), text);
    let credentials = format!("username={}&password=Passw0rd!", attack.superuser.email.clone());
    let many: String = (0..20_000).map(|n| format!("x{n}=1&")).collect();
    attack.expect("20 000 other fields", form(format!("{many}{credentials}")), &[204]);
    attack.expect("20 000 passwords", form("password=x&".repeat(20_000) + &credentials), &[204]);
    attack.expect("more than 1 MiB", form(format!("{credentials}&x={}", "x".repeat(1024 * 1024))), &[413]);
    attack.expect("nothing but signs", form("&=".repeat(100_000)), &[422]);
    attack.expect("percent signs", form(format!("username=%&password=%zz%{}", "%".repeat(1000))), &[401, 422]);
    attack.expect("not UTF-8", form("username=%ff%fe&password=%c3%28".into()), &[400]);
    let multipart = |text: String| sign_in().body(Some("multipart/form-data; boundary=x"), text);
    let part =
        |name: &str, value: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let (user, password) = (part("username", &attack.superuser.email), part("password", "Passw0rd!"));
    attack.expect("multipart", multipart(format!("{user}{password}--x--\r\n")), &[204]);
    let thousand: String = (0..5_000).map(|n| part(&format!("x{n}"), "1")).collect();
    attack.expect("5 000 parts", multipart(format!("{thousand}{user}{password}--x--\r\n")), &[204]);
    attack.expect("no end", multipart(format!("{user}{password}")), &[400, 422]);
    attack.expect("no name", multipart("--x\r\n\r\nvalue\r\n--x--\r\n".into()), &[400, 422]);
    attack.expect("a huge name", multipart(part(&"n".repeat(500_000), "x") + "--x--\r\n"), &[400, 422]);
    attack.expect("only boundaries", multipart("--x\r\n".repeat(50_000)), &[400, 422]);
    for boundary in ["", "\"\"", &"b".repeat(5000), "\u{1f3cb}"] {
        let kind = format!("multipart/form-data; boundary={boundary}");
        attack.expect(&kind, sign_in().body(Some(&kind), format!("--{boundary}\r\n")), &[400, 422]);
    }
    attack.check(true);
}
