//! Finds out which commit is built, for `irontrack --version`.
//!
//! A source package has no history, and neither `git` nor its history may be needed to build. `IRONTRACK_COMMIT` says
//! what is built where `.git` is left out, for example in a container.

use std::{env, path::Path, process::Command};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=IRONTRACK_COMMIT");
    let version = env::var_os("CARGO_PKG_VERSION").unwrap_or_default();
    let version = version.to_string_lossy();
    let version = match given_commit().or_else(own_commit) {
        Some(commit) => format!("{version} ({commit})"),
        None => version.into_owned(),
    };
    println!("cargo::rustc-env=IRONTRACK_VERSION={version}");
}

fn given_commit() -> Option<String> {
    let commit = env::var_os("IRONTRACK_COMMIT")?.into_string().ok()?;
    let commit: String = commit.trim().chars().take(12).collect();
    Some(commit).filter(|commit| !commit.is_empty() && commit.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The commit of the repository that these sources are the root of: a package may be unpacked inside of another one.
fn own_commit() -> Option<String> {
    let root = Path::new(&env::var_os("CARGO_MANIFEST_DIR")?).join("../..");
    if !root.join(".git").exists() {
        return None;
    }
    // These change with every commit and every change of the branch, and with nothing else. What does not exist must not
    // be named, or this would run at every build.
    for file in ["HEAD", "logs/HEAD"] {
        if let Some(path) = git(&root, &["rev-parse", "--path-format=absolute", "--git-path", file])
            && Path::new(&path).exists()
        {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    git(&root, &["rev-parse", "--short=12", "HEAD"])
}

fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|text| output.status.success() && !text.is_empty())
}
