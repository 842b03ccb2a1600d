//! `irontrack demo`.

use irontrack_cli::{DemoCommand, demo, output::Output, prompt::Prompts};

use super::use_cases::with_use_cases;
use crate::Failure;

/// Makes up training data.
pub(crate) fn demo(command: &DemoCommand) -> Result<(), Failure> {
    with_use_cases(async |use_cases| match command {
        DemoCommand::Seed(arguments) => {
            let output = &mut Output::standard(arguments.output);
            demo::seed(arguments, &use_cases.demo, &mut Prompts::standard(), output).await
        }
    })
}
