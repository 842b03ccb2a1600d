//! How a command answers.

use clap::Args;

/// Options of commands that answer data.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct OutputArguments {
    /// Answer JSON instead of text
    #[arg(long)]
    pub json: bool,
}
