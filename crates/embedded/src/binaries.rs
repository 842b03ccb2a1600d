//! Where the PostgreSQL programs are.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::EmbeddedError;
use crate::command;

/// The oldest major version that is used.
const OLDEST: u32 = 14;

/// A folder with the PostgreSQL programs of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// The folder that holds `initdb` and `postgres`.
    pub folder: PathBuf,
    /// The major version, such as 15.
    pub version: u32,
}

/// Finds the PostgreSQL programs, of the major version `wanted` (that of existing data) or else the newest.
///
/// If `IRONTRACK_POSTGRES_BIN` is set, only that folder counts. Otherwise the folders on `PATH` come first, then the
/// folders where distributions put PostgreSQL. A folder counts if it holds both `initdb` and `postgres`.
///
/// # Errors
///
/// [`EmbeddedError::BinariesMissing`] if no PostgreSQL of at least version 14, or not the wanted one, is found;
/// [`EmbeddedError::BinariesUnusable`] if the folder in `IRONTRACK_POSTGRES_BIN` holds no working PostgreSQL.
pub fn find_binaries(wanted: Option<u32>) -> Result<Binaries, EmbeddedError> {
    Search::of_environment().find(wanted)
}

/// The folders to look in, the most important first.
#[derive(Debug, Default)]
struct Search {
    only: Option<PathBuf>,
    path: Vec<PathBuf>,
    usual: Vec<PathBuf>,
}

impl Search {
    fn of_environment() -> Self {
        let only = env::var_os("IRONTRACK_POSTGRES_BIN").filter(|value| !value.is_empty()).map(PathBuf::from);
        let path = env::var_os("PATH").map(|value| env::split_paths(&value).collect()).unwrap_or_default();
        Self { only, path, usual: usual_folders(env::home_dir().as_deref()) }
    }

    fn find(&self, wanted: Option<u32>) -> Result<Binaries, EmbeddedError> {
        let tiers = match &self.only {
            Some(only) => vec![vec![examine_only(only)?]],
            None => vec![examine_all(&self.path), examine_all(&self.usual)],
        };
        for tier in &tiers {
            let usable = tier.iter().filter(|found| found.version >= OLDEST);
            let chosen = match wanted {
                Some(wanted) => usable.into_iter().find(|found| found.version == wanted),
                // The first of equals, as a shell would take it.
                None => usable.rev().max_by_key(|found| found.version),
            };
            if let Some(chosen) = chosen {
                return Ok(chosen.clone());
            }
        }
        let mut found: Vec<u32> = tiers.iter().flatten().map(|found| found.version).collect();
        found.sort_unstable();
        found.dedup();
        Err(EmbeddedError::BinariesMissing { wanted, found })
    }
}

fn usual_folders(home: Option<&Path>) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    let patterns =
        [("/usr/lib/postgresql", ""), ("/usr", "pgsql-"), ("/opt/homebrew/opt", "postgresql@"), ("/opt", "postgresql")];
    for (parent, start) in patterns {
        let Ok(entries) = fs::read_dir(parent) else { continue };
        let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        let matching = names.iter().filter(|name| name.as_encoded_bytes().starts_with(start.as_bytes()));
        folders.extend(matching.map(|name| Path::new(parent).join(name).join("bin")));
    }
    folders.push(PathBuf::from("/usr/local/pgsql/bin"));
    folders.extend(home.map(|home| home.join(".local/share/irontrack/postgresql/bin")));
    folders
}

fn examine_only(folder: &Path) -> Result<Binaries, EmbeddedError> {
    let unusable = |reason| EmbeddedError::BinariesUnusable { folder: folder.to_owned(), reason };
    let folder = resolve(folder).ok_or_else(|| {
        unusable("IRONTRACK_POSTGRES_BIN is set to it, and initdb or postgres is not in it".to_owned())
    })?;
    let version = ask_version(&folder).map_err(unusable)?;
    Ok(Binaries { folder, version })
}

fn examine_all(folders: &[PathBuf]) -> Vec<Binaries> {
    let mut found: Vec<Binaries> = Vec::new();
    for folder in folders.iter().filter_map(|folder| resolve(folder)) {
        if found.iter().all(|known| known.folder != folder)
            && let Ok(version) = ask_version(&folder)
        {
            found.push(Binaries { folder, version });
        }
    }
    found
}

/// The folder itself, or where its programs are linked to, if both programs are there.
fn resolve(folder: &Path) -> Option<PathBuf> {
    let complete = |folder: &Path| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    if !complete(folder) {
        return None;
    }
    let target = folder.join("postgres").canonicalize().ok()?;
    let linked = target.parent().filter(|parent| complete(parent)).map(Path::to_owned);
    linked.or_else(|| folder.canonicalize().ok())
}

fn ask_version(folder: &Path) -> Result<u32, String> {
    let program = folder.join("postgres");
    let output = command::to_run(&program, None).arg("--version").output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(format!("postgres --version failed ({})", output.status));
    }
    major_version(&text).ok_or_else(|| format!("postgres --version says {:?}", text.trim()))
}

/// The major version in a line like "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)".
fn major_version(text: &str) -> Option<u32> {
    let (_, version) = text.split_once("(PostgreSQL) ")?;
    let digits = version.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    type TestResult = Result<(), Box<dyn Error>>;

    fn script(path: &Path, text: &str) -> std::io::Result<()> {
        fs::write(path, format!("#!/bin/sh\n{text}\n"))?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755))
    }

    fn fake(parent: &Path, name: &str, version: &str) -> Result<PathBuf, Box<dyn Error>> {
        let folder = parent.canonicalize()?.join(name);
        fs::create_dir_all(&folder)?;
        script(&folder.join("initdb"), "")?;
        script(&folder.join("postgres"), &format!("echo 'postgres (PostgreSQL) {version}'"))?;
        Ok(folder)
    }

    #[test]
    fn versions_are_read() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("postgres 15"), None);
    }

    #[test]
    fn path_comes_first_and_the_newest_of_it_wins() -> TestResult {
        let root = tempfile::tempdir()?;
        let old = fake(root.path(), "old", "14.3")?;
        let new = fake(root.path(), "new", "16.1")?;
        let usual = fake(root.path(), "usual", "17.0")?;
        let search = Search { only: None, path: vec![old.clone(), new.clone()], usual: vec![usual.clone()] };
        assert_eq!(search.find(None)?, Binaries { folder: new, version: 16 });
        assert_eq!(search.find(Some(14))?.folder, old);
        assert_eq!(search.find(Some(17))?.folder, usual);
        let missing = search.find(Some(15));
        let Err(EmbeddedError::BinariesMissing { wanted: Some(15), found }) = missing else {
            return Err(format!("{missing:?}").into());
        };
        assert_eq!(found, [14, 16, 17]);
        Ok(())
    }

    #[test]
    fn a_folder_without_initdb_or_with_an_old_version_does_not_count() -> TestResult {
        let root = tempfile::tempdir()?;
        let wrapper = fake(root.path(), "wrapper", "15.1")?;
        fs::remove_file(wrapper.join("initdb"))?;
        let old = fake(root.path(), "old", "13.9")?;
        let search = Search { path: vec![wrapper, old], ..Search::default() };
        let missing = search.find(None);
        assert!(
            matches!(&missing, Err(EmbeddedError::BinariesMissing { wanted: None, found }) if *found == [13]),
            "{missing:?}"
        );
        Ok(())
    }

    #[test]
    fn linked_programs_are_followed_to_their_folder() -> TestResult {
        let root = tempfile::tempdir()?;
        let real = fake(root.path(), "real", "15.1")?;
        let links = root.path().join("links");
        fs::create_dir(&links)?;
        for program in ["initdb", "postgres"] {
            symlink(real.join(program), links.join(program))?;
        }
        let search = Search { path: vec![links], ..Search::default() };
        assert_eq!(search.find(None)?.folder, real);
        Ok(())
    }

    #[test]
    fn the_environment_excludes_all_other_folders() -> TestResult {
        let root = tempfile::tempdir()?;
        let only = fake(root.path(), "only", "14.1")?;
        let path = vec![fake(root.path(), "new", "16.1")?];
        let search = Search { only: Some(only.clone()), path: path.clone(), usual: vec![] };
        assert_eq!(search.find(None)?.folder, only);
        assert!(matches!(search.find(Some(16)), Err(EmbeddedError::BinariesMissing { .. })));
        let search = Search { only: Some(root.path().to_owned()), path, usual: vec![] };
        assert!(matches!(search.find(None), Err(EmbeddedError::BinariesUnusable { .. })));
        Ok(())
    }
}
