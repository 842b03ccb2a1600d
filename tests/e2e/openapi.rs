//! The OpenAPI document and Swagger UI.

use std::collections::HashSet;

use expect_test::expect_file;
use irontrack_tests::{
    harness::{App, body},
    http::Request,
};

/// Every change of the wire shows in review. `UPDATE_EXPECT=1` writes the file anew.
#[test]
fn the_document_is_the_committed_one() {
    let mut text = serde_json::to_string_pretty(&irontrack_http::openapi()).expect("the document is JSON");
    text.push('\n');
    expect_file!["../../docs/openapi.json"].assert_eq(&text);
}

#[test]
fn the_document_is_complete() {
    let document = serde_json::to_value(irontrack_http::openapi()).expect("the document is JSON");
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")), "{}", document["openapi"]);
    let schemes = document["components"]["securitySchemes"].as_object().expect("security schemes");
    assert_eq!(schemes["accessCookie"]["name"], "access_token");
    assert_eq!(schemes["refreshCookie"]["name"], "refresh_token");
    let mut ids = HashSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("a path") {
            let place = format!("{method} {path}");
            assert!(ids.insert(operation["operationId"].to_string()), "{place}: its operation id is not unique");
            assert!(operation["summary"].is_string(), "{place} has no summary");
            assert!(operation["tags"].is_array(), "{place} has no tag");
            for (status, response) in operation["responses"].as_object().expect("responses") {
                assert!(response["description"].is_string(), "{place} {status} has no description");
                let is_error = status.starts_with(['4', '5']) && path != "/health";
                if is_error {
                    let content = &response["content"]["application/problem+json"];
                    assert!(content["schema"].is_object(), "{place} {status} is no problem");
                }
            }
            if path.starts_with("/api/") {
                for status in ["500", "503"] {
                    assert!(operation["responses"][status].is_object(), "{place} lacks {status}");
                }
            }
        }
    }
    // Schemas of one name overwrite each other silently: every reference must lead somewhere.
    let text = document.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap_or_default();
        assert!(document["components"]["schemas"][name].is_object(), "the schema {name} is missing");
    }
}

#[test]
fn every_schema_name_is_used_by_one_type() {
    let sources = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/http/src")).expect("the sources");
    let mut folders: Vec<_> = sources.flatten().map(|entry| entry.path()).collect();
    let mut names = HashSet::new();
    while let Some(path) = folders.pop() {
        if path.is_dir() {
            folders.extend(std::fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source");
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if !line.starts_with("#[derive(") || !line.contains("ToSchema") {
                continue;
            }
            let mut schema_name = None;
            let line_of_type = lines.by_ref().find(|line| {
                if let Some((_, rest)) = line.split_once("schema(as = ") {
                    schema_name = rest.split([',', ')']).next().map(str::to_owned);
                }
                line.contains("struct ") || line.contains("enum ")
            });
            let line_of_type = line_of_type.expect("a type follows");
            let declared = line_of_type.split_once("struct ").or_else(|| line_of_type.split_once("enum "));
            let declared = declared.and_then(|(_, rest)| rest.split([' ', '{', '<', '(']).next());
            let name = schema_name.or(declared.map(str::to_owned)).expect("a name");
            assert!(names.insert(name.clone()), "{}: the schema {name} has two types", path.display());
        }
    }
    assert!(names.contains("Exercise") && names.contains("Problem"), "{names:?}");
}

#[test]
fn swagger_ui_is_served_from_the_binary() {
    let app = App::start();
    let page = app.send(&Request::new("GET", "/docs"));
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").is_some_and(|kind| kind.starts_with("text/html")));
    assert!(!page.text().contains("http://") && !page.text().contains("https://"), "nothing is fetched from elsewhere");
    for file in ["swagger-ui.css", "swagger-ui-bundle.js", "start.js", "favicon-32x32.png"] {
        assert!(page.text().contains(file), "{file}");
        let answer = app.send(&Request::new("GET", &format!("/docs/{file}")));
        assert_eq!(answer.status, 200, "{file}");
        assert!(!answer.body.is_empty(), "{file}");
    }
    assert_eq!(app.send(&Request::new("GET", "/docs/nothing.js")).status, 404);
    let document = body(&app.send(&Request::new("GET", "/openapi.json")));
    assert_eq!(document["info"]["title"], "IronTrack");
    let redoc = app.send(&Request::new("GET", "/redoc"));
    assert_eq!((redoc.status, redoc.header("location")), (307, Some("/docs")));
}

#[test]
fn documentation_can_be_turned_off() {
    let app = App::start_with(&[("DOCS_ENABLED", "false")]);
    for path in ["/docs", "/docs/start.js", "/openapi.json", "/redoc"] {
        assert_eq!(app.send(&Request::new("GET", path)).status, 404, "{path}");
    }
}
