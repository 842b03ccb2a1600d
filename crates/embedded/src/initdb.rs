//! Making a new cluster.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::process::Output;
use std::time::Duration;

use nix::sys::signal::Signal;

use crate::layout::Layout;
use crate::log::last_lines;
use crate::user::Account;
use crate::{Binaries, EmbeddedError, command, deadline, url};

/// How long the programs of a killed `initdb` may take to notice that it is gone.
const GRACE: Duration = Duration::from_secs(10);

/// Makes the cluster of `layout`: in a folder beside it that gets its name when everything is there.
pub(crate) fn make_cluster(
    binaries: &Binaries,
    layout: &Layout,
    account: Option<&Account>,
    sync: bool,
) -> Result<(), EmbeddedError> {
    let new = layout.home.join("postgres.new");
    let made = locale_arguments(binaries.version)
        .into_iter()
        .find_map(|locale| attempt(binaries, &new, account, sync, &locale).transpose())
        .unwrap_or(Err(EmbeddedError::LocaleMissing));
    if let Err(error) = made {
        let _ = fs::remove_dir_all(&new);
        return Err(error);
    }
    fs::rename(&new, &layout.cluster).map_err(EmbeddedError::io("rename the new cluster", &new))?;
    if sync {
        let synced = File::open(&layout.home).and_then(|folder| folder.sync_all());
        synced.map_err(EmbeddedError::io("write to the disk the folder", &layout.home))?;
    }
    Ok(())
}

/// The arguments for the locale, the best first. All give the characters of Unicode and the order of bytes.
fn locale_arguments(version: u32) -> Vec<Vec<&'static str>> {
    let own = vec!["--locale=C.UTF-8"];
    let fallback = if version >= 17 {
        vec!["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    } else {
        vec!["--locale=C", "--lc-ctype=en_US.UTF-8"]
    };
    vec![own, fallback]
}

/// Runs `initdb` once; `None` if the operating system lacks the locale.
fn attempt(
    binaries: &Binaries,
    folder: &Path,
    account: Option<&Account>,
    sync: bool,
    locale: &[&str],
) -> Result<Option<()>, EmbeddedError> {
    remove_left_over(folder)?;
    DirBuilder::new().mode(0o700).create(folder).map_err(EmbeddedError::io("create the folder", folder))?;
    if let Some(account) = account {
        account.own(folder)?;
    }
    let program = binaries.folder.join("initdb");
    let mut initdb = command::to_run(&program, account);
    initdb.arg("--pgdata").arg(folder).args(["--username", url::USER, "--auth=trust", "--encoding=UTF8"]);
    initdb.args(locale).arg("--no-instructions");
    if !sync {
        initdb.arg("--no-sync");
    }
    // Not a signal that it could answer by emptying the folder, which may be that of the next run by then.
    command::bind_to_this_process(&mut initdb, Signal::SIGKILL);
    let output = initdb.output().map_err(EmbeddedError::io("run", &program))?;
    if output.status.success() {
        return Ok(Some(()));
    }
    let text = text_of(&output);
    if names_missing_locale(&text) {
        return Ok(None);
    }
    Err(EmbeddedError::InitFailed { lines: last_lines(&text) })
}

/// Removes what a killed run has left. Its last program may still write there for a moment.
fn remove_left_over(folder: &Path) -> Result<(), EmbeddedError> {
    if let Some(foreign) = foreign_entry(folder).map_err(EmbeddedError::io("read the folder", folder))? {
        let reason = format!("it has the content {}", foreign.display());
        return Err(EmbeddedError::NotACluster { folder: folder.to_owned(), reason });
    }
    let mut last = None;
    let removed = deadline::poll(GRACE, || match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {
            last = Some(error);
            None
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => Some(Err(error)),
        _ => Some(Ok(())),
    });
    let result = removed.unwrap_or_else(|| last.map_or(Ok(()), Err));
    result.map_err(EmbeddedError::io("remove the half-made cluster", folder))
}

/// Something in the folder that `initdb` has not put there.
fn foreign_entry(folder: &Path) -> io::Result<Option<OsString>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        entries => entries?,
    };
    for entry in entries {
        let name = entry?.file_name();
        let own = ["pg_", "PG_VERSION", "postgresql.", "postmaster.", "base", "global"];
        if !own.iter().any(|start| name.as_encoded_bytes().starts_with(start.as_bytes())) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn text_of(output: &Output) -> String {
    format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn names_missing_locale(output: &str) -> bool {
    output.contains("invalid locale name") || output.contains("invalid locale settings")
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::*;
    use crate::find_binaries;
    use crate::layout::create_data_dir;

    #[test]
    fn a_missing_locale_is_recognised() -> Result<(), Box<dyn Error>> {
        let root = tempfile::tempdir()?;
        open_to_all(root.path())?;
        let layout = Layout::of(&create_data_dir(root.path())?)?;
        let account = Account::for_cluster(&layout.cluster)?;
        let folder = layout.home.join("postgres.new");
        let made = attempt(&find_binaries(None)?, &folder, account.as_ref(), false, &["--locale=xx_YY.UTF-8"])?;
        assert_eq!(made, None);
        Ok(())
    }

    #[test]
    fn only_a_half_made_cluster_is_removed() -> Result<(), Box<dyn Error>> {
        let root = tempfile::tempdir()?;
        let folder = root.path().join("postgres.new");
        fs::create_dir_all(folder.join("pg_wal/archive_status"))?;
        fs::write(folder.join("PG_VERSION"), "15\n")?;
        remove_left_over(&folder)?;
        assert!(!folder.exists());
        fs::create_dir(&folder)?;
        fs::write(folder.join("letter.txt"), "mine")?;
        assert!(matches!(remove_left_over(&folder), Err(EmbeddedError::NotACluster { .. })));
        assert!(folder.join("letter.txt").exists());
        Ok(())
    }

    fn open_to_all(folder: &Path) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
    }
}
