//! The lock of whoever fills an installation.

use crate::statement::Statement;

/// The advisory lock that whoever seeds holds: "seed" as a number.
const LOCK: i64 = 0x7365_6564;

/// Waits for another program that seeds: it would insert the same rows, and `ON CONFLICT` looks at one unique rule only
/// where a table has two. The lock ends with the transaction.
pub(crate) fn one_at_a_time() -> Statement<()> {
    Statement::new("SELECT pg_advisory_xact_lock(").bind(LOCK).sql(")")
}
