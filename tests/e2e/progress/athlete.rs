//! Somebody who trains, and short ways to say what they did.

use irontrack_tests::{
    harness::{Session, bodies},
    http::Response,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::gym::{Gym, text};

/// Somebody who trains.
pub(super) struct Athlete {
    pub(super) gym: Gym,
    pub(super) owner: Session,
}

impl Athlete {
    pub(super) fn open() -> Self {
        let mut gym = Gym::open();
        let owner = gym.person();
        Self { gym, owner }
    }

    /// A custom exercise that trains these muscle groups.
    #[track_caller]
    pub(super) fn exercise(&self, name: &str, primary: &[i16], secondary: &[i16]) -> Uuid {
        let mut sent = bodies::with(bodies::exercise(name), "primaryMuscles", json!(primary));
        if !secondary.is_empty() {
            sent["secondaryMuscles"] = json!(secondary);
        }
        let created = self.gym.create(&self.owner, "/exercises/user", &sent);
        text(&created["id"]).parse().expect("an id")
    }

    /// Stores a session in Berlin that is in progress, and answers its id.
    #[track_caller]
    pub(super) fn done(&self, start: &str, exercises: &[(Uuid, Value)]) -> Value {
        self.store(json!({"startTime": start}), exercises)
    }

    /// The same of one that is completed.
    #[track_caller]
    pub(super) fn finished(&self, start: &str, end: &str, exercises: &[(Uuid, Value)]) -> Value {
        self.store(json!({"startTime": start, "endTime": end, "status": "completed"}), exercises)
    }

    #[track_caller]
    fn store(&self, mut fields: Value, exercises: &[(Uuid, Value)]) -> Value {
        let exercise = |(id, sets): &(Uuid, Value)| bodies::session_exercise(*id, "reps", sets);
        fields["exercises"] = exercises.iter().map(exercise).collect();
        self.gym.create(&self.owner, "/training-sessions", &bodies::training_session(fields))["id"].clone()
    }

    #[track_caller]
    pub(super) fn read(&self, path: &str) -> Value {
        self.gym.read(&self.owner, path)
    }

    pub(super) fn ask(&self, path: &str) -> Response {
        self.gym.ask(&self.owner, "GET", path)
    }

    /// What a muscle group is called.
    pub(super) fn muscle(&self, id: i16) -> String {
        let muscles = self.read("/catalogs/muscle-groups");
        let list = muscles.as_array().or_else(|| muscles["items"].as_array());
        let found = list.and_then(|list| list.iter().find(|muscle| muscle["id"] == id));
        text(&found.unwrap_or_else(|| panic!("expected a muscle group {id}: {muscles}"))["name"])
    }
}

/// Groups in the order of their names.
pub(super) fn by_name(mut groups: Vec<Value>) -> Vec<Value> {
    groups.sort_by_key(|group| text(&group["name"]));
    groups
}
