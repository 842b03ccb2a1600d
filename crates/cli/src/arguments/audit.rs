//! `irontrack audit`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use irontrack_domain::audit::AuditKind;

/// What to do with the audit trail.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Show what happened last to accounts, sessions and rights
    Tail(AuditTailArguments),
    /// Write the whole audit trail, or what was added to it, as lines of JSON
    Export(AuditExportArguments),
}

/// Options of `audit tail`.
#[derive(Debug, Args)]
pub struct AuditTailArguments {
    /// The most events to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(i64).range(0..=10_000))]
    pub lines: i64,
    /// Only events of this kind, such as sign-in-failed
    #[arg(long, value_parser = kind)]
    pub kind: Option<AuditKind>,
    /// Only what happened to this account: its address, or its id if it was deleted
    #[arg(long, value_name = "EMAIL|ID")]
    pub subject: Option<String>,
    /// Only what this account did: its address, or its id if it was deleted
    #[arg(long, value_name = "EMAIL|ID")]
    pub actor: Option<String>,
    /// Only what happened since then: a time such as 2026-11-24T08:00:00Z, or how long ago, such as 90m, 24h or 7d
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Go on with what happens from now on, until somebody ends it
    #[arg(short, long)]
    pub follow: bool,
    /// Answer a line of JSON for each event instead of text
    #[arg(long)]
    pub json: bool,
}

/// Options of `audit export`.
#[derive(Debug, Args)]
pub struct AuditExportArguments {
    /// Only events with a greater number than this one, for example the last one of an earlier export
    #[arg(long, value_name = "NUMBER", default_value_t = 0, value_parser = clap::value_parser!(i64).range(0..))]
    pub after: i64,
    /// Write to this file, and replace it if it is there, so that only its owner may read it
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

fn kind(name: &str) -> Result<AuditKind, String> {
    let all = || AuditKind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    AuditKind::from_name(name).ok_or_else(|| format!("expected one of {}", all()))
}
