//! `--version`, and the build script that finds the commit.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use tempfile::TempDir;

use super::run;

const VERSION: &str = env!("CARGO_PKG_VERSION");

#[test]
fn the_version_names_the_commit_that_was_built() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let exit = run(&["--version"], folder.path(), &[]);
    assert!(exit.status.success(), "{}", exit.stderr);
    assert_eq!(run(&["-V"], folder.path(), &[]).stdout, exit.stdout);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let expected = if root.join(".git").exists() {
        format!("irontrack {VERSION} ({})", git(&root, &["rev-parse", "--short=12", "HEAD"]))
    } else {
        format!("irontrack {VERSION}")
    };
    assert_eq!(exit.stdout, expected);
}

#[test]
fn a_source_package_is_built_without_a_commit() {
    let package = Sources::new();
    assert_eq!(package.build(&[]), format!("cargo::rustc-env=IRONTRACK_VERSION={VERSION}"));
    assert_eq!(package.watched(), ["build.rs"]);
    let given = package.build(&[("IRONTRACK_COMMIT", "0123456789abcdef")]);
    assert_eq!(given, format!("cargo::rustc-env=IRONTRACK_VERSION={VERSION} (0123456789ab)"));
    let no_commit = package.build(&[("IRONTRACK_COMMIT", "main\nx")]);
    assert_eq!(no_commit, format!("cargo::rustc-env=IRONTRACK_VERSION={VERSION}"));
}

#[test]
fn a_repository_around_the_package_does_not_count() {
    let package = Sources::new();
    let outside = package.root.parent().expect("a folder");
    commit(outside, "theirs");
    assert_eq!(package.build(&[]), format!("cargo::rustc-env=IRONTRACK_VERSION={VERSION}"));
}

#[test]
fn a_commit_is_found_in_a_clone_and_in_a_worktree() {
    let sources = Sources::new();
    let one = commit(&sources.root, "one");
    let version = |commit: &str| format!("cargo::rustc-env=IRONTRACK_VERSION={VERSION} ({commit})");
    assert_eq!(sources.build(&[]), version(&one));
    for watched in sources.watched() {
        // Of a file that does not exist cargo believes that it has changed, and builds at every turn.
        let path = sources.root.join("crates/irontrack").join(&watched);
        assert!(path.exists(), "{watched} does not exist");
    }
    assert!(sources.watched().iter().any(|path| path.ends_with("logs/HEAD")), "{:?}", sources.watched());
    let two = commit(&sources.root, "two");
    assert_ne!(one, two);
    assert_eq!(sources.build(&[]), version(&two));

    git(&sources.root, &["worktree", "add", "--quiet", "--detach", "../worktree", &one]);
    let worktree = Sources { root: sources.root.with_file_name("worktree"), ..sources };
    fs::create_dir_all(worktree.root.join("crates/irontrack")).expect("a folder");
    assert_eq!(worktree.build(&[]), version(&one));
    let heads = worktree.watched().into_iter().filter(|path| path.contains("worktrees/worktree")).count();
    assert_eq!(heads, 2, "{:?}", worktree.watched());
}

/// A folder with the layout of the sources.
struct Sources {
    root: PathBuf,
    _folder: TempDir,
}

impl Sources {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let root = folder.path().join("irontrack");
        fs::create_dir_all(root.join("crates/irontrack")).expect("a folder");
        fs::write(root.join("crates/irontrack/build.rs"), "").expect("a file");
        Self { root, _folder: folder }
    }

    /// Runs the build script, and answers the line that cargo reads the version from.
    fn build(&self, environment: &[(&str, &str)]) -> String {
        let lines = self.run(environment);
        let line = lines.lines().find(|line| line.contains("IRONTRACK_VERSION"));
        line.unwrap_or_else(|| panic!("no version in\n{lines}")).to_owned()
    }

    /// The files whose change makes cargo run the script again.
    fn watched(&self) -> Vec<String> {
        let lines = self.run(&[]);
        lines.lines().filter_map(|line| line.strip_prefix("cargo::rerun-if-changed=")).map(str::to_owned).collect()
    }

    fn run(&self, environment: &[(&str, &str)]) -> String {
        let output = Command::new(build_script())
            .env("CARGO_PKG_VERSION", VERSION)
            .env("CARGO_MANIFEST_DIR", self.root.join("crates/irontrack"))
            .env_remove("IRONTRACK_COMMIT")
            .envs(environment.iter().copied())
            .output()
            .expect("the build script runs");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("its output is text")
    }
}

/// The build script, compiled once. It needs no crates.
fn build_script() -> &'static Path {
    static SCRIPT: OnceLock<PathBuf> = OnceLock::new();
    SCRIPT.get_or_init(|| {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/irontrack/build.rs");
        let script = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build-script-irontrack");
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let status = Command::new(rustc).args(["--edition", "2024", source, "-o"]).arg(&script).status();
        assert!(status.expect("rustc runs").success(), "the build script does not build");
        script
    })
}

/// Makes a commit, and answers what it is called.
fn commit(folder: &Path, message: &str) -> String {
    git(folder, &["init", "--quiet"]);
    let identity = ["-c", "user.name=Jo", "-c", "user.email=jo@example.com", "-c", "commit.gpgsign=false"];
    git(folder, &[&identity[..], &["commit", "--quiet", "--allow-empty", "--message", message]].concat());
    git(folder, &["rev-parse", "--short=12", "HEAD"])
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("its output is text").trim().to_owned()
}
