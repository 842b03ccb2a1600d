//! `irontrack completions`.

use crate::{Arguments, CompletionsArguments, Failure, output::Output};

/// Prints the script for a shell.
///
/// # Errors
/// Standard output cannot be written.
pub fn completions(arguments: &CompletionsArguments, output: &mut Output) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::definition(), "irontrack", &mut script);
    output.text(&String::from_utf8_lossy(&script))
}
