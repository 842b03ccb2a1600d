//! Wiring: the use cases over the adapters, as the HTTP side wants them.

use std::sync::Arc;

use irontrack_application::{
    Catalogues, Exercises, Export, Health,
    access::{Access, AccessPorts, AccessRules},
    audit::{AuditTrail, AuditWriter},
    imports::{ImportReads, Imports},
    progress::Progress,
    sharing::Sharing,
    training_plans::TrainingPlans,
    training_sessions::TrainingSessions,
    training_units::TrainingUnits,
    users::Users,
};
use irontrack_auth::{TokenSettings, Tokens};
use irontrack_chart_adapter::SvgCharts;
use irontrack_http::{CookieSettings, HttpSettings, HttpState, Uploads};

use super::parts::Parts;

impl Parts {
    /// Settings and use cases of the HTTP side, and the one who writes the audit trail for them.
    pub(super) fn http_state(self) -> (HttpState, AuditWriter) {
        let Self {
            settings,
            queries,
            bare_units,
            units,
            keys,
            copies,
            cache,
            logs,
            hasher,
            limiter,
            strength,
            clock,
            ..
        } = self;
        let (trail, writer) = AuditTrail::open(bare_units);
        let tokens = TokenSettings {
            issuer: settings.jwt_issuer,
            audience: settings.jwt_audience,
            access_life: settings.access_life,
        };
        let ports = AccessPorts {
            units: units.clone(),
            accounts: queries.clone(),
            hasher: hasher.clone(),
            strength: strength.clone(),
            limiter,
            tokens: Arc::new(Tokens::new(keys, tokens)),
            clock: clock.clone(),
        };
        let state = HttpState {
            settings: HttpSettings {
                cookies: CookieSettings {
                    secure: settings.cookie_secure,
                    host_prefix: settings.cookie_host_prefix,
                    access_max_age: settings.access_life.as_secs(),
                    refresh_max_age: settings.session_life.idle.num_seconds().unsigned_abs(),
                },
                allowed_origins: settings.allowed_origins,
                public_url: settings.public_url,
                trusted_proxies: settings.trusted_proxies,
                images_url: settings.images_url,
                max_requests: settings.max_requests,
                body_timeout: settings.body_timeout,
                upload_timeout: settings.upload_timeout,
                docs_enabled: settings.docs_enabled,
            },
            clock: clock.clone(),
            access: Access::new(
                ports,
                copies.clone(),
                trail,
                AccessRules {
                    lifetime: settings.session_life,
                    max_sessions: settings.max_sessions,
                    limits: settings.access_limits,
                    administrator: settings.admin_email.clone(),
                },
            ),
            users: Users::new(
                units.clone(),
                queries.clone(),
                hasher,
                strength,
                clock.clone(),
                copies.clone(),
                settings.admin_email,
            ),
            catalogues: Catalogues::new(units.clone(), queries.clone(), copies.clone(), clock.clone()),
            exercises: Exercises::new(units.clone(), queries.clone(), copies.clone(), clock.clone()),
            training_units: TrainingUnits::new(units.clone(), queries.clone(), clock.clone()),
            training_plans: TrainingPlans::new(units.clone(), queries.clone(), clock.clone()),
            training_sessions: TrainingSessions::new(units.clone(), queries.clone(), clock.clone()),
            imports: Imports::new(
                units.clone(),
                ImportReads {
                    imports: queries.clone(),
                    exercises: queries.clone(),
                    export: queries.clone(),
                    catalogues: queries.clone(),
                },
                copies.clone(),
                clock.clone(),
            ),
            uploads: Uploads::default(),
            progress: Progress::new(queries.clone(), copies, logs, Arc::new(SvgCharts), clock.clone()),
            sharing: Sharing::new(units, queries.clone(), clock),
            export: Export::new(queries.clone()),
            health: Health::new(queries, cache),
        };
        (state, writer)
    }
}
