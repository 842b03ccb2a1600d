//! What commands need of the settings. Whoever administers an installation need not have the others, such as the keys.

use irontrack_domain::account::Email;

use super::{Secret, Source, reader::Reader};
use crate::Failure;

/// What commands need of the settings.
#[derive(Debug)]
pub(crate) struct CommandSettings {
    /// Address of the database, around a pooler where there is one.
    pub(crate) database: Secret,
    /// Address of Valkey or Redis.
    pub(crate) cache_url: Option<Secret>,
    /// Address of the system administrator.
    pub(crate) admin_email: Email,
    /// Passwords that are hashed at the same time.
    pub(crate) crypto_max_workers: usize,
    /// How hard new passwords must be to guess, from 0 (no matter) to 4.
    pub(crate) password_min_strength: u8,
}

impl CommandSettings {
    /// Reads the settings.
    pub(crate) fn read(source: &Source) -> Result<Self, Failure> {
        let mut reader = Reader::new(source);
        Ok(Self {
            database: Self::database(source)?,
            cache_url: reader.cache_url()?,
            admin_email: reader.admin_email()?,
            crypto_max_workers: reader.crypto_max_workers()?,
            password_min_strength: reader.password_min_strength()?,
        })
    }

    /// Reads the address of the database alone.
    pub(crate) fn database(source: &Source) -> Result<Secret, Failure> {
        let mut reader = Reader::new(source);
        if let Some(url) = reader.postgres_url("DATABASE_DIRECT_URL")? {
            return Ok(url);
        }
        let missing = || Failure::usage("DATABASE_URL (or POSTGRES_HOST) is missing: this command needs a database");
        reader.database_url()?.ok_or_else(missing)
    }
}
