//! Filling a new installation: roles, catalogue, administrator.

use std::path::Path;

use irontrack_application::setup::CreatedAdministrator;
use irontrack_domain::account::Password;
use uuid::Uuid;

use super::{parts::Parts, private_file};
use crate::{Failure, settings::Settings, system_catalogue};

/// Name of the file with the administrator's credentials.
const CREDENTIALS: &str = "administrator.txt";

/// Creates the roles.
pub(super) async fn create_roles(parts: &Parts) -> Result<(), Failure> {
    parts.setup().create_roles().await.map_err(|error| Failure::failed(format!("the roles were not created: {error}")))
}

/// Loads the catalogue into an installation without any, and creates the administrator. Returns what the start-up table
/// says of the administrator.
pub(super) async fn fill(parts: &Parts, settings: &Settings, data_dir: &Path) -> Result<String, Failure> {
    let setup = parts.setup();
    let failed = |error: String| Failure::failed(format!("the catalogue was not loaded: {error}"));
    // Never over an existing one, which an administrator may have changed.
    if setup.is_catalogue_empty().await.map_err(|error| failed(error.to_string()))? {
        let catalogue = system_catalogue().map_err(|error| failed(error.to_string()))?;
        setup.seed(&catalogue).await.map_err(|error| failed(error.to_string()))?;
    }
    administrator(parts, settings, data_dir).await
}

/// The credentials are on disk before the account exists, so that a start that is killed in between loses nothing.
async fn administrator(parts: &Parts, settings: &Settings, data_dir: &Path) -> Result<String, Failure> {
    let file = data_dir.join(CREDENTIALS);
    let email = &settings.admin_email;
    if let Some(account) = parts.setup().account(email).await.map_err(|error| not_created(&error))? {
        if !account.is_active || !account.role.is_superuser() {
            return Err(Failure::failed(format!(
                "{email} belongs to an account that is no active superuser: set ADMIN_EMAIL to another address"
            )));
        }
        return Ok(if file.exists() { format!("{email} (password in {})", file.display()) } else { email.to_string() });
    }
    let content = private_file::read_or_make(&file, || format!("{}\n", new_password()))?;
    let password = Password::chosen_by_owner(content.trim())
        .map_err(|violation| Failure::failed(format!("{}: the password {violation}", file.display())))?;
    let shown = password.expose().to_owned();
    match parts.setup().create_administrator(email.clone(), password).await {
        Ok(CreatedAdministrator::New) => Ok(format!("{email}, password {shown} (kept in {})", file.display())),
        Ok(CreatedAdministrator::Existing) => Ok(email.to_string()),
        Err(error) => Err(not_created(&error)),
    }
}

fn not_created(error: &dyn std::error::Error) -> Failure {
    Failure::failed(format!("the administrator was not created: {error}"))
}

/// A password of 122 random bits that satisfies the policy.
fn new_password() -> String {
    format!("It1_{}", Uuid::new_v4().simple())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_passwords_satisfy_the_policy_and_differ() {
        let (one, two) = (new_password(), new_password());
        assert!(Password::chosen_by_owner(&one).is_ok(), "{one}");
        assert_ne!(one, two);
    }
}
