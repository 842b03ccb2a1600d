//! The program under test.

use std::{path::PathBuf, process::Command, sync::OnceLock};

/// Path of the freshly built program. It is built once a run, so that no test can run an old one.
pub fn program() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        // Beside this test: target/<profile>/deps/<test>.
        let test = std::env::current_exe().expect("this test has a path");
        let folder = test.parent().and_then(|deps| deps.parent()).expect("the test is in target/<profile>/deps");
        let mut command = Command::new(cargo);
        command.args(["build", "--quiet", "--locked", "--bin", "irontrack"]).current_dir(root);
        // As optimised as this test: for measurements.
        if folder.ends_with("release") {
            command.arg("--release");
        }
        if cfg!(feature = "otlp") {
            command.args(["--features", "otlp"]);
        }
        // What cargo tells this test about itself would make build scripts run again, and half of the crates with them.
        for (name, _) in std::env::vars_os() {
            let of_this_test =
                ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_", "OUT_DIR"];
            if of_this_test.iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
                command.env_remove(name);
            }
        }
        let built = command.status().expect("cargo runs");
        assert!(built.success(), "the program does not build");
        let program = folder.join("irontrack");
        assert!(program.is_file(), "{} is missing", program.display());
        program
    })
}
