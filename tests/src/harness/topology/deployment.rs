//! The files of the deployment, and processes that run with them.

use std::{
    fs::Permissions,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

use super::super::signal::{children, signal};

/// The root of the repository.
pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A temporary folder that other users can enter: some servers refuse to run as root.
pub(super) fn folder(prefix: &str) -> TempDir {
    let open = Permissions::from_mode(0o755);
    tempfile::Builder::new().prefix(prefix).permissions(open).tempdir().expect("there is a temporary folder")
}

/// Runs a script of the repository and answers what it prints.
pub(super) fn script(arguments: &[&str]) -> String {
    let output = Command::new("bash").args(arguments).current_dir(root()).stderr(Stdio::inherit()).output();
    let output = output.expect("there is a shell");
    assert!(output.status.success(), "{arguments:?} failed");
    String::from_utf8(output.stdout).expect("it prints UTF-8").trim().to_owned()
}

/// Renders the templates in a folder of `deploy`.
pub(super) fn render<'a>(templates: &str, target: &Path, values: impl IntoIterator<Item = (&'a str, &'a str)>) {
    let mut command = Command::new("sh");
    command.arg(root().join("deploy/render.sh")).arg(root().join("deploy").join(templates)).arg(target);
    let rendered = command.env_clear().env("PATH", path()).envs(values).status().expect("there is a shell");
    assert!(rendered.success(), "the templates of {templates} cannot be rendered");
}

/// Where programs are looked for. Those of servers may be where only root looks.
pub(super) fn path() -> String {
    format!("{}:/usr/sbin:/usr/local/sbin", std::env::var_os("PATH").unwrap_or_default().to_string_lossy())
}

/// A server of somebody else. Told to end when it is dropped, and when this thread ends in whatever way.
#[derive(Debug)]
pub(super) struct Daemon {
    child: Child,
    /// The signal that ends it at once.
    end: &'static str,
}

impl Daemon {
    /// Starts a program that this signal ends, as the user and the group with these numbers if they are given.
    pub(super) fn start(
        program: &str,
        arguments: &[&str],
        folder: &Path,
        end: &'static str,
        user: Option<(u32, u32)>,
    ) -> Self {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", end]).env("PATH", path()).current_dir(folder);
        if let Some((user, group)) = user {
            command.args([format!("--reuid={user}"), format!("--regid={group}"), "--clear-groups".to_owned()]);
        }
        command.arg(program).args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
        let log = std::fs::File::create(folder.join("output")).expect("its output can be kept");
        command.stderr(log);
        let child = command.spawn().unwrap_or_else(|error| panic!("{program} does not start: {error}"));
        Self { child, end }
    }

    /// Kills it and what it has started, and waits for its end.
    pub(super) fn kill(mut self) {
        // First the one that starts others.
        let workers = children(self.child.id());
        let _killed = self.child.kill();
        let _waited = self.child.wait();
        if !workers.is_empty() {
            signal("KILL", &workers);
        }
    }

    /// Panics with what it has said if it has ended.
    pub(super) fn assert_running(&mut self, name: &str, folder: &Path) {
        if let Some(status) = self.child.try_wait().expect("it can be asked for") {
            let said = std::fs::read_to_string(folder.join("output")).unwrap_or_default();
            panic!("{name} has ended ({status}):\n{said}");
        }
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            signal(self.end, &[self.child.id()]);
        }
        let _waited = self.child.wait();
    }
}
