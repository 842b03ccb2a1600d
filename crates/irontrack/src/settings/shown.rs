//! What may be shown of secrets.

use irontrack_postgres_adapter::UrlParts as PostgresUrl;
use irontrack_valkey_adapter::UrlParts as CacheUrl;

use super::Secret;

/// What stands in the place of a secret.
pub(super) const HIDDEN: &str = "***";

/// Where the database is, without the password.
pub(crate) fn database(url: &Secret) -> String {
    PostgresUrl::parse(url.expose()).map_or_else(|| HIDDEN.to_owned(), |parts| database_url(&parts))
}

/// Where the cache is, without the password.
pub(crate) fn cache(url: &Secret) -> String {
    CacheUrl::parse(url.expose()).map_or_else(|| HIDDEN.to_owned(), |parts| cache_url(&parts))
}

/// An address of a database without its password.
pub(super) fn database_url(url: &PostgresUrl) -> String {
    let credentials = credentials(url.user.as_deref(), url.password.is_some());
    let database = url.database.as_deref().map(|database| format!("/{database}")).unwrap_or_default();
    format!("postgresql://{credentials}{}{database}", url.place)
}

/// An address of a cache without its password.
pub(super) fn cache_url(url: &CacheUrl) -> String {
    let scheme = if url.place.starts_with('/') { "unix" } else { "redis" };
    format!("{scheme}://{}{}", credentials(url.user.as_deref(), url.password.is_some()), url.place)
}

fn credentials(user: Option<&str>, has_password: bool) -> String {
    match (user, has_password) {
        (None, false) => String::new(),
        (user, false) => format!("{}@", user.unwrap_or_default()),
        (user, true) => format!("{}:{HIDDEN}@", user.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_left_out() {
        for (url, expected) in [
            ("postgresql://jo:p%40ss@db:5432/x?application_name=y", "postgresql://jo:***@db:5432/x"),
            ("postgresql://jo@db/x?password=p%40ss", "postgresql://jo:***@db:5432/x"),
            ("postgresql://jo@%2Frun%2Fpostgresql/x", "postgresql://jo@/run/postgresql:5432/x"),
            ("p@ss", "***"),
        ] {
            assert_eq!(database(&Secret::new("DATABASE_URL", url.to_owned())), expected);
        }
        for (url, expected) in [
            ("redis://:p%40ss@cache:6379/0", "redis://:***@cache:6379"),
            ("redis://cache", "redis://cache:6379"),
            ("unix:///run/valkey.sock?user=jo&pass=p%40ss", "unix://jo:***@/run/valkey.sock"),
            ("p@ss", "***"),
        ] {
            assert_eq!(cache(&Secret::new("CACHE_URL", url.to_owned())), expected);
        }
    }
}
