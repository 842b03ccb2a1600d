//! `irontrack audit`.

use std::time::Duration;

use irontrack_cli::{AuditCommand, OutputArguments, audit, output::Output};
use irontrack_ports::Clock;

use super::use_cases::{UseCases, with_use_cases};
use crate::{Failure, SystemClock};

/// How often somebody who follows the trail asks for more.
const PERIOD: Duration = Duration::from_millis(500);

/// Looks at the audit trail.
pub(crate) fn audit(command: &AuditCommand) -> Result<(), Failure> {
    with_use_cases(async |use_cases| run(command, use_cases).await)
}

async fn run(command: &AuditCommand, UseCases { trail, users, .. }: &UseCases) -> Result<(), Failure> {
    let output = &mut Output::standard(OutputArguments::default());
    match command {
        AuditCommand::Tail(arguments) => {
            let mut period = tokio::time::interval(PERIOD);
            let pause = async || _ = period.tick().await;
            audit::tail(arguments, &**trail, users, SystemClock.now(), pause, output).await
        }
        AuditCommand::Export(arguments) => audit::export(arguments, &**trail, output).await,
    }
}
