//! The operations of the `OpenAPI` document, as tests walk through them.

use serde_json::Value;

/// An operation of the document.
#[derive(Debug, Clone)]
pub struct DocumentedOperation {
    /// Its `operationId`.
    pub id: String,
    /// Its method, in capitals.
    pub method: String,
    /// Its path template.
    pub path: String,
    /// Its entry, references resolved.
    pub definition: Value,
}

/// All operations, in the order of the document.
#[must_use]
pub fn documented_operations() -> Vec<DocumentedOperation> {
    let document = serde_json::to_value(irontrack_http::openapi()).expect("the document is JSON");
    let paths = document["paths"].as_object().expect("there are paths");
    let of_path = |(path, item): (&String, &Value)| {
        let item = item.as_object().expect("a path holds operations").clone();
        let path = path.clone();
        let document = &document;
        item.into_iter().map(move |(method, definition)| DocumentedOperation {
            id: definition["operationId"].as_str().expect("an operation has an id").to_owned(),
            method: method.to_uppercase(),
            path: path.clone(),
            definition: resolved(definition, document, 0),
        })
    };
    paths.iter().flat_map(of_path).collect::<Vec<_>>()
}

/// The value with every reference replaced by what it refers to.
fn resolved(value: Value, document: &Value, depth: usize) -> Value {
    assert!(depth < 50, "a schema refers to itself");
    match value {
        Value::Object(members) => match members.get("$ref").and_then(Value::as_str) {
            Some(reference) => {
                let target = document.pointer(reference.trim_start_matches('#'));
                let target = target.unwrap_or_else(|| panic!("{reference} leads nowhere")).clone();
                resolved(target, document, depth + 1)
            }
            None => members.into_iter().map(|(key, value)| (key, resolved(value, document, depth + 1))).collect(),
        },
        Value::Array(elements) => elements.into_iter().map(|element| resolved(element, document, depth + 1)).collect(),
        scalar => scalar,
    }
}

impl DocumentedOperation {
    /// The schema of the JSON body, if it has one.
    #[must_use]
    pub fn json_body(&self) -> Option<&Value> {
        self.definition.pointer("/requestBody/content/application~1json/schema")
    }

    /// The parameters in this place (`path`, `query`) with their schemas.
    #[must_use]
    pub fn parameters(&self, place: &str) -> Vec<(&str, &Value)> {
        let all = self.definition["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        let here = all.iter().filter(|parameter| parameter["in"] == place);
        here.map(|parameter| (parameter["name"].as_str().expect("a parameter has a name"), &parameter["schema"]))
            .collect()
    }

    /// Whether a query parameter of that name must be there.
    #[must_use]
    pub fn requires(&self, name: &str) -> bool {
        let all = self.definition["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().any(|it| it["in"] == "query" && it["name"] == name && it["required"] == true)
    }

    /// The path with the same text in place of every parameter.
    #[must_use]
    pub fn path_with(&self, value: &str) -> String {
        let segments = self.path.split('/');
        let filled = segments.map(|segment| if segment.starts_with('{') { value } else { segment });
        filled.collect::<Vec<_>>().join("/")
    }
}
