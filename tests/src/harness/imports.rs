//! Files that are uploaded, and imports that are there.

use serde_json::json;
use uuid::Uuid;

use super::{DocumentedOperation, Mint, Session};
use crate::http::Request;

/// What stands between the fields of forms.
const BOUNDARY: &str = "----a-boundary-of-the-tests";

/// A form with these fields, and with a file behind them.
#[must_use]
pub fn upload(file: &[u8], fields: &[(&str, &str)]) -> Request {
    let request = Request::new("POST", "/api/v1/imports");
    request.body(Some(&format!("multipart/form-data; boundary={BOUNDARY}")), form(file, fields))
}

fn form(file: &[u8], fields: &[(&str, &str)]) -> Vec<u8> {
    let mut body = Vec::with_capacity(file.len() + 1_000);
    for (name, value) in fields {
        let field = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(field.as_bytes());
    }
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// A file in the form of Hevy with one session that has one set of this exercise.
#[must_use]
pub fn hevy_file(exercise: &str) -> String {
    format!(
        "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,weight_kg,\
         reps,distance_km,duration_seconds,rpe\n\
         Push,\"22 Dec 2025, 08:00\",\"22 Dec 2025, 09:00\",,{exercise},,,0,normal,80,5,,,\n"
    )
}

impl Mint {
    /// An import that waits to be confirmed, with one name whose exercise nobody knows and which is to be skipped, and without
    /// any session.
    pub fn import(&mut self, owner: Uuid) -> Uuid {
        let id = Uuid::now_v7();
        let sql = "INSERT INTO imports (id, user_id, format, counts, refused, expires_at) \
                   VALUES ($1, $2, 'hevy_csv', '{}', '[]', now() + interval '1 day')";
        self.execute(sql, &[&id, &owner]);
        let sql = "INSERT INTO import_exercises (import_id, number, name, folded_name, set_count, decision) \
                   VALUES ($1, 0, 'Foot Sweep', 'foot sweep', 3, 'skip')";
        self.execute(sql, &[&id]);
        id
    }

    /// A request that the operation accepts from this account.
    pub(super) fn valid_import_request(&mut self, operation: &DocumentedOperation, owner: &Session) -> Request {
        if operation.id == "CreateImport" {
            return upload(hevy_file("Plank").as_bytes(), &[("format", "hevy_csv"), ("timeZone", "UTC")]);
        }
        let id = self.import(owner.user_id.unwrap_or_default());
        let path = operation.path.replace("{import_id}", &id.to_string());
        let request = Request::new(&operation.method, &path);
        match operation.id.as_str() {
            "MapImport" => request.json(&json!({"items": [{"name": "Foot Sweep", "create": true}]})),
            _ => request,
        }
    }
}
