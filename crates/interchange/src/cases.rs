//! How many cases a property is tried with.

use proptest::test_runner::Config;

/// The least, so that a rare mistake is found also where nobody asks for more.
const LEAST: u32 = 2000;

/// Cases at least; `PROPTEST_CASES` may ask for more.
pub(crate) fn config() -> Config {
    let default = Config::default();
    Config { cases: default.cases.max(LEAST), ..default }
}
