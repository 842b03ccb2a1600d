//! `irontrack keys`.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Args, Subcommand};

use super::OutputArguments;

/// What to do with signing keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Make a new signing key, a private JSON Web Key, and print it as one line
    Generate(GenerateArguments),
    /// Put a new key in front of those of a file: it signs, the others still verify
    Rotate(RotateArguments),
}

/// Options of `keys generate`.
#[derive(Debug, Args)]
pub struct GenerateArguments {
    /// Make a set with this one key in it
    #[arg(long)]
    pub set: bool,
    /// Write the key to a new file that only its owner may read, instead of printing it
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}

/// Options of `keys rotate`.
#[derive(Debug, Args)]
pub struct RotateArguments {
    /// The file with a key or a set of keys; it becomes a set
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// First of two steps without a gap: put a new key behind the others, which verifies and does not sign yet
    #[arg(long, conflicts_with_all = ["promote", "keep"])]
    pub announce: bool,
    /// Second step, when all servers know the announced key: put it in front, where it signs
    #[arg(long)]
    pub promote: bool,
    /// How many keys stay at most, the new one included; the oldest go first [default: all stay]
    #[arg(long, value_name = "N")]
    pub keep: Option<NonZeroUsize>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}
