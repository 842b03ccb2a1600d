//! Grants, as the contract has them in its section 5. Units and plans are shared alike, so that each test does both.

mod granting;
mod lists;
mod races;
mod revoking;
mod sleeping;

use irontrack_tests::{
    harness::{Session, bodies},
    http::Response,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::gym::{Gym, plan, under, unit};

/// What can be shared.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Unit,
    Plan,
}

impl Kind {
    const BOTH: [Self; 2] = [Self::Unit, Self::Plan];

    const fn list(self) -> &'static str {
        match self {
            Self::Unit => "/training-units",
            Self::Plan => "/training-plans",
        }
    }

    const fn not_found(self) -> &'static str {
        match self {
            Self::Unit => "Training unit not found",
            Self::Plan => "Training plan not found",
        }
    }

    const fn forbidden(self) -> &'static str {
        match self {
            Self::Unit => "You do not have permission to change this training unit",
            Self::Plan => "You do not have permission to change this training plan",
        }
    }

    /// One of that status, and its path.
    fn make(self, gym: &mut Gym, owner: Option<Uuid>, status: &str) -> (Uuid, String) {
        match self {
            Self::Unit => {
                let id = gym.mint.training_unit(owner, status);
                (id, unit(id))
            }
            Self::Plan => {
                let id = gym.mint.training_plan(owner, status);
                (id, plan(id))
            }
        }
    }

    /// Writes a grant straight into the database.
    fn give(self, gym: &mut Gym, id: Uuid, who: &Session, level: &str) {
        match self {
            Self::Unit => gym.mint.unit_access(id, crate::gym::user(who), level),
            Self::Plan => gym.mint.plan_access(id, crate::gym::user(who), level),
        }
    }

    /// A new one of that status, made over the API.
    fn create(self, gym: &Gym, owner: &Session, status: &str) -> String {
        let name = Uuid::new_v4().to_string();
        let sent = match self {
            Self::Unit => bodies::training_unit(&name),
            Self::Plan => bodies::training_plan(&name),
        };
        let sent = bodies::with(sent, "sharingStatus", json!(status));
        under(self.list(), &gym.create(owner, self.list(), &sent))
    }
}

/// Grants.
fn grant(gym: &Gym, owner: &Session, path: &str, sent: &Value) -> Response {
    gym.send(owner, "PUT", &format!("{path}/access"), sent)
}

/// Takes a grant away.
fn revoke(gym: &Gym, who: &Session, path: &str, from: &Session) -> Response {
    gym.ask(who, "DELETE", &format!("{path}/access/{}", crate::gym::user(from)))
}
