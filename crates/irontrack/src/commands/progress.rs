//! `irontrack progress`.

use irontrack_cli::{ProgressCommand, output::Output, progress};

use super::use_cases::with_use_cases;
use crate::Failure;

/// Shows what people have trained.
pub(crate) fn progress(command: &ProgressCommand) -> Result<(), Failure> {
    with_use_cases(async |use_cases| match command {
        ProgressCommand::Show(arguments) => {
            let output = &mut Output::standard(arguments.output);
            progress::show(arguments, &use_cases.users, &use_cases.courses, output).await
        }
    })
}
