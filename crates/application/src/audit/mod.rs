//! The audit trail: how events get into it and into the log.
//!
//! * What belongs to a change is recorded inside its transaction, `unit.audit().record(…)`, so that there is neither a
//!   change without its record nor a record of what was undone. [`AuditedUnits`] says it in the log after the commit.
//! * What changes nothing has no transaction: refused sign-ins, limits that were reached. It is noted on the
//!   [`AuditTrail`], which says it in the log at once and never waits; one [`AuditWriter`] stores it in the background.

#[cfg(test)]
pub(crate) mod fake;
mod line;
mod repeats;
mod trail;
mod units;
mod writer;

pub use trail::AuditTrail;
pub use units::AuditedUnits;
pub use writer::AuditWriter;
