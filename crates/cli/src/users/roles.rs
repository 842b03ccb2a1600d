//! `irontrack users create-roles`.

use irontrack_application::setup::Setup;

use crate::{
    Failure,
    output::{Output, Tone},
};

/// Creates the roles, or brings them up to date.
///
/// # Errors
/// The database cannot be used, or standard output cannot be written.
pub async fn create_roles(setup: &Setup, output: &mut Output) -> Result<(), Failure> {
    output.announce(Tone::Heading, "Creating default roles.")?;
    setup.create_roles().await.map_err(|error| Failure::failed(format!("the roles were not created: {error}")))?;
    output.announce(Tone::Good, "Successfully loaded and synchronized default roles")
}
