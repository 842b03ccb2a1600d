//! `irontrack catalog`.

use irontrack_cli::{CatalogCommand, OutputArguments, catalog, output::Output};

use super::use_cases::{UseCases, with_use_cases};
use crate::{Failure, programmes::programmes, system_catalogue};

/// Loads, exports and imports the catalogue.
pub(crate) fn catalog(command: &CatalogCommand) -> Result<(), Failure> {
    with_use_cases(async |use_cases| run(command, use_cases).await)
}

async fn run(command: &CatalogCommand, UseCases { setup, settings, .. }: &UseCases) -> Result<(), Failure> {
    match command {
        CatalogCommand::Seed(arguments) => {
            let catalogue = system_catalogue().map_err(|error| Failure::failed(error.to_string()))?;
            let programmes = if arguments.with_programmes { Some(programmes(&catalogue)?) } else { None };
            let programmes = programmes.as_deref().map(|programmes| (programmes, &settings.admin_email));
            catalog::seed(&catalogue, programmes, setup, &mut Output::standard(arguments.output)).await
        }
        CatalogCommand::Export(arguments) => {
            catalog::export(arguments, setup, &mut Output::standard(OutputArguments::default())).await
        }
        CatalogCommand::Import(arguments) => {
            catalog::import(arguments, setup, &mut Output::standard(arguments.output)).await
        }
    }
}
