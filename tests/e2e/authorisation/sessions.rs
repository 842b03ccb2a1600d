//! Training sessions: whoever they do not belong to does not learn that they are there.

use irontrack_tests::{harness::bodies, http::Request};
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
    let hidden = Answer::refused(404, "Training session not found");
    [(Own, All(Answer { status, detail: None })), (Others, All(hidden))]
}

const fn row(
    operation: &'static str,
    fill: fn(&Scene, Request) -> Request,
    answers: &'static [(Target, Answers)],
) -> Row {
    Row { operation, guard: Guard::Active, fill, answers }
}

pub(super) const SESSIONS: &[Row] = &[
    row("CreateTrainingSession", session, &[(Target::Nothing, All(Answer { status: 201, detail: None }))]),
    row("ListTrainingSessions", plain, &[(Target::Nothing, All(Answer { status: 200, detail: None }))]),
    row("ExportTrainingSessions", plain, &[(Target::Nothing, All(Answer { status: 200, detail: None }))]),
    row("GetTrainingSession", plain, &private(200)),
    row("ListTrainingSessionRecords", plain, &private(200)),
    row("UpdateTrainingSession", notes, &private(200)),
    row("FinishTrainingSession", plain, &private(200)),
    row("AbortTrainingSession", plain, &private(200)),
    row("DeleteTrainingSession", plain, &private(204)),
    row("AddTrainingSessionExercise", exercise, &private(201)),
    row("UpdateTrainingSessionExercise", notes, &private(200)),
    row("DeleteTrainingSessionExercise", plain, &private(204)),
    row("OrderTrainingSessionExercises", order_of_exercises, &private(200)),
    row("AddTrainingSessionSet", set, &private(201)),
    row("ReplaceTrainingSessionSets", sets, &private(200)),
    row("UpdateTrainingSessionSet", set, &private(200)),
    row("DeleteTrainingSessionSet", plain, &private(204)),
    row("OrderTrainingSessionSets", order_of_sets, &private(200)),
];

fn plain(_: &Scene, request: Request) -> Request {
    request
}

fn session(_: &Scene, request: Request) -> Request {
    request.json(&bodies::training_session(json!({})))
}

fn notes(scene: &Scene, request: Request) -> Request {
    request.json(&json!({"notes": scene.unique}))
}

fn exercise(scene: &Scene, request: Request) -> Request {
    request.json(&bodies::session_exercise(scene.exercise, "sets_only", &json!([])))
}

fn order_of_exercises(scene: &Scene, request: Request) -> Request {
    request.json(&json!({"ids": [scene.workout.exercise]}))
}

fn set(_: &Scene, request: Request) -> Request {
    request.json(&bodies::set(82.5, 5))
}

fn sets(_: &Scene, request: Request) -> Request {
    request.json(&json!({"sets": [bodies::set(82.5, 5)]}))
}

fn order_of_sets(scene: &Scene, request: Request) -> Request {
    request.json(&json!({"ids": [scene.workout.set]}))
}
