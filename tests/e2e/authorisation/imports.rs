//! Imports: whoever they do not belong to does not learn that they are there.

use irontrack_tests::{
    harness::{hevy_file, upload},
    http::Request,
};
use serde_json::json;

use super::{
    row::{
        Answer,
        Answers::{self, All},
        Guard, Row,
    },
    scene::{
        Scene,
        Target::{self, Others, Own},
    },
};

/// Trainers and superusers are strangers like all others.
const fn private(status: u16) -> [(Target, Answers); 2] {
    let hidden = Answer::refused(404, "Import not found");
    [(Own, All(Answer { status, detail: None })), (Others, All(hidden))]
}

const fn row(
    operation: &'static str,
    fill: fn(&Scene, Request) -> Request,
    answers: &'static [(Target, Answers)],
) -> Row {
    Row { operation, guard: Guard::Active, fill, answers }
}

pub(super) const IMPORTS: &[Row] = &[
    row("CreateImport", file, &[(Target::Nothing, All(Answer { status: 201, detail: None }))]),
    row("GetImport", plain, &private(200)),
    row("MapImport", mapping, &private(200)),
    row("ConfirmImport", plain, &private(200)),
    row("DeleteImport", plain, &private(204)),
];

fn plain(_: &Scene, request: Request) -> Request {
    request
}

fn file(_: &Scene, request: Request) -> Request {
    let upload = upload(hevy_file("Plank").as_bytes(), &[("format", "hevy_csv"), ("timeZone", "UTC")]);
    Request { path: request.path, ..upload }
}

fn mapping(_: &Scene, request: Request) -> Request {
    request.json(&json!({"items": [{"name": "foot  SWEEP", "create": true, "primaryMuscles": [4]}]}))
}
