//! Where database and cache are.

use irontrack_postgres_adapter::UrlParts as PostgresUrl;
use irontrack_valkey_adapter::UrlParts as CacheUrl;

use crate::settings::{Problem, Secret, reader::Reader, shown};

impl Reader<'_> {
    pub(in crate::settings) fn postgres_url(&mut self, name: &'static str) -> Result<Option<Secret>, Problem> {
        let Some((secret, origin)) = self.secret(name)? else { return Ok(None) };
        // The reference's driver suffix is understood, because people copy their settings.
        let url = secret.expose().replacen("postgresql+asyncpg://", "postgresql://", 1);
        let is_postgres = url.starts_with("postgresql://") || url.starts_with("postgres://");
        let parts = PostgresUrl::parse(&url).filter(|_| is_postgres);
        self.note(name, parts.as_ref().map(shown::database_url), origin);
        if parts.is_some() {
            return Ok(Some(Secret::new(secret.setting(), url)));
        }
        let accepted = "an address such as postgresql://user:password@host:5432/database";
        Err(self.refuse(Problem::wrong(secret.setting(), accepted)))
    }

    /// `DATABASE_URL`, or the address made of the `POSTGRES_` parts where `POSTGRES_HOST` is set.
    pub(in crate::settings) fn database_url(&mut self) -> Result<Option<Secret>, Problem> {
        if let Some(url) = self.postgres_url("DATABASE_URL")? {
            return Ok(Some(url));
        }
        let Some(host) = self.optional("POSTGRES_HOST", |host| Ok(host.to_owned()))? else { return Ok(None) };
        let port = self.integer::<u16>("POSTGRES_PORT", 5432, 1..=65_535);
        let user = self.text("POSTGRES_USER", "postgres");
        let database = self.text("POSTGRES_DB", "iron_track");
        let Some((password, origin)) = self.secret("POSTGRES_PASSWORD")? else {
            let message = "POSTGRES_PASSWORD is missing: POSTGRES_HOST is set and there is no default password";
            return Err(self.refuse(Problem::new("POSTGRES_PASSWORD", message.to_owned())));
        };
        self.note("POSTGRES_PASSWORD", Some(shown::HIDDEN.to_owned()), origin);
        let (port, setting) = (port?, password.setting());
        let [user, password, host, database] = [&user?, password.expose(), &host, &database?].map(escape);
        Ok(Some(Secret::new(setting, format!("postgresql://{user}:{password}@{host}:{port}/{database}"))))
    }

    pub(in crate::settings) fn cache_url(&mut self) -> Result<Option<Secret>, Problem> {
        for name in ["CACHE_URL", "REDIS_URL"] {
            let Some((secret, origin)) = self.secret(name)? else { continue };
            let parts = CacheUrl::parse(secret.expose());
            self.note(name, parts.as_ref().map(shown::cache_url), origin);
            if parts.is_some() {
                return Ok(Some(secret));
            }
            let accepted = "an address such as redis://:password@host:6379/0";
            return Err(self.refuse(Problem::wrong(secret.setting(), accepted)));
        }
        Ok(None)
    }
}

/// Percent-encodes a part of an address.
fn escape(part: &str) -> String {
    part.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
