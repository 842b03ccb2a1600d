//! What all handlers share.

use std::{sync::Arc, time::Duration};

use irontrack_application::{
    Catalogues, Exercises, Export, Health, access::Access, imports::Imports, progress::Progress, sharing::Sharing,
    training_plans::TrainingPlans, training_sessions::TrainingSessions, training_units::TrainingUnits, users::Users,
};
use irontrack_ports::Clock;

use crate::{call::Uploads, client::TrustedProxies, cookies::CookieSettings};

/// Settings of the HTTP side.
#[derive(Debug, Clone)]
pub struct HttpSettings {
    /// How cookies are set.
    pub cookies: CookieSettings,
    /// Origins, besides our own, whose pages may send unsafe requests with cookies and read all answers.
    pub allowed_origins: Vec<String>,
    /// Our own origin as browsers see it, where a proxy ends TLS.
    pub public_url: Option<String>,
    /// Peers whose forwarding headers count.
    pub trusted_proxies: TrustedProxies,
    /// Base address of pictures, without a final slash. Without it stored paths are answered as they are.
    pub images_url: Option<String>,
    /// How many requests may be worked on at the same time.
    pub max_requests: usize,
    /// How long the body of a request may take to arrive, and over how long a file must keep up the least speed.
    pub body_timeout: Duration,
    /// How long a file may take to arrive.
    pub upload_timeout: Duration,
    /// Whether `/docs` and `/openapi.json` are there.
    pub docs_enabled: bool,
}

/// Settings and use cases.
pub struct HttpState {
    /// Settings.
    pub settings: HttpSettings,
    /// When requests arrive: times in them are judged by that.
    pub clock: Arc<dyn Clock>,
    /// Sign-up, sign-in, refresh, logout and authentication.
    pub access: Access,
    /// Administration of accounts and roles.
    pub users: Users,
    /// Muscle groups, equipment and tags.
    pub catalogues: Catalogues,
    /// Exercises.
    pub exercises: Exercises,
    /// Training units.
    pub training_units: TrainingUnits,
    /// Training plans.
    pub training_plans: TrainingPlans,
    /// Training sessions: workouts that were done.
    pub training_sessions: TrainingSessions,
    /// What the training history says.
    pub progress: Progress,
    /// Access to training units and plans that their owners give to others.
    pub sharing: Sharing,
    /// Training that was recorded elsewhere.
    pub imports: Imports,
    /// Room for files that arrive.
    pub uploads: Uploads,
    /// Everything of an account.
    pub export: Export,
    /// State of the parts.
    pub health: Health,
}

impl std::fmt::Debug for HttpState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpState").field("settings", &self.settings).finish_non_exhaustive()
    }
}
