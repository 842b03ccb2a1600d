//! `irontrack catalog`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::OutputArguments;

/// What to do with the catalogue of exercises.
#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// Load the built-in catalogue: what is missing is added, what differs is brought up to date
    Seed(SeedArguments),
    /// Write the catalogue of the database as one JSON document
    Export(ExportArguments),
    /// Add the exercises of a file to the catalogue; those that are there are brought up to date
    Import(ImportArguments),
}

/// Options of `catalog seed`.
#[derive(Debug, Args)]
pub struct SeedArguments {
    /// Load the built-in training programmes as well, as public plans of the system administrator
    #[arg(long)]
    pub with_programmes: bool,

    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}

/// Options of `catalog export`.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// Write to this file, and replace it if it is there, instead of standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Options of `catalog import`.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// The file, at most 64 MiB; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What the file looks like
    #[arg(long, value_enum, default_value_t = ImportFormat::Irontrack)]
    pub format: ImportFormat,
    /// Only say what would be done
    #[arg(long)]
    pub dry_run: bool,
    /// Change nothing and end with 1 if an entry cannot be imported
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}

/// Formats of files with exercises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportFormat {
    /// What `catalog export` writes, or a list of exercises as in the folder `catalogue`
    Irontrack,
    /// A list of exercises as free-exercise-db publishes it
    FreeExerciseDb,
}
