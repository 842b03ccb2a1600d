//! Where the parts of a data folder are, and what stands in the cluster's place.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::EmbeddedError;

/// The paths of a data folder.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// The data folder itself, absolute and without symbolic links.
    pub(crate) data_dir: PathBuf,
    /// The folder that holds the cluster and the socket: the data folder, unless `postgres` in it is a symbolic link.
    pub(crate) home: PathBuf,
    /// The folder of the cluster.
    pub(crate) cluster: PathBuf,
}

/// What stands in the place of the cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Nothing, or an empty folder.
    Nothing,
    /// A cluster of this major version.
    Cluster(u32),
}

/// The name of the cluster (or of the link to it) in the data folder.
pub(crate) fn cluster_entry(data_dir: &Path) -> PathBuf {
    data_dir.join("postgres")
}

/// Makes the data folder if it is missing and returns its absolute path without symbolic links.
pub(crate) fn create_data_dir(data_dir: &Path) -> Result<PathBuf, EmbeddedError> {
    fs::create_dir_all(data_dir).map_err(EmbeddedError::io("create the folder", data_dir))?;
    data_dir.canonicalize().map_err(EmbeddedError::io("resolve the folder", data_dir))
}

impl Layout {
    /// The paths below a data folder that [`create_data_dir`] has returned.
    pub(crate) fn of(data_dir: &Path) -> Result<Self, EmbeddedError> {
        let entry = cluster_entry(data_dir);
        let link = match fs::read_link(&entry) {
            Ok(target) => Some(data_dir.join(target)),
            // Not there, or not a link.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidInput) => None,
            Err(error) => return Err(EmbeddedError::io("look at", &entry)(error)),
        };
        let Some(target) = link else {
            return Ok(Self { data_dir: data_dir.to_owned(), home: data_dir.to_owned(), cluster: entry });
        };
        let (Some(home), Some(name)) = (target.parent(), target.file_name()) else {
            let reason = format!("it links to {}", target.display());
            return Err(EmbeddedError::NotACluster { folder: entry, reason });
        };
        let home = create_data_dir(home)?;
        Ok(Self { data_dir: data_dir.to_owned(), cluster: home.join(name), home })
    }

    /// Whether the cluster is somewhere else than in the data folder.
    pub(crate) fn is_elsewhere(&self) -> bool {
        self.home != self.data_dir
    }

    /// Looks at what stands in the place of the cluster.
    pub(crate) fn content(&self) -> Result<Content, EmbeddedError> {
        let folder = &self.cluster;
        let foreign = |reason: &str| EmbeddedError::NotACluster { folder: folder.clone(), reason: reason.to_owned() };
        let mut entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Content::Nothing),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Err(foreign("it is not a folder")),
            Err(error) => return Err(EmbeddedError::io("read the folder", folder)(error)),
        };
        let file = folder.join("PG_VERSION");
        match fs::read_to_string(&file) {
            Ok(version) => {
                let version = version.trim().parse().map_err(|_| foreign("its file PG_VERSION names no version"))?;
                Ok(Content::Cluster(version))
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(EmbeddedError::io("read", &file)(error)),
            Err(_) if entries.next().is_none() => Ok(Content::Nothing),
            Err(_) => Err(foreign("it has content and no file PG_VERSION")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::os::unix::fs::symlink;

    use super::*;

    type TestResult = Result<(), Box<dyn Error>>;

    #[test]
    fn content_is_told_apart() -> TestResult {
        let root = tempfile::tempdir()?;
        let data_dir = create_data_dir(&root.path().join("a/b"))?;
        let layout = Layout::of(&data_dir)?;
        assert_eq!(layout.content()?, Content::Nothing);
        fs::create_dir(&layout.cluster)?;
        assert_eq!(layout.content()?, Content::Nothing);
        fs::write(layout.cluster.join("notes.txt"), "mine")?;
        assert!(matches!(layout.content(), Err(EmbeddedError::NotACluster { .. })));
        fs::write(layout.cluster.join("PG_VERSION"), "15\n")?;
        assert_eq!(layout.content()?, Content::Cluster(15));
        fs::write(layout.cluster.join("PG_VERSION"), "9.6\n")?;
        assert!(matches!(layout.content(), Err(EmbeddedError::NotACluster { .. })));
        fs::remove_dir_all(&layout.cluster)?;
        fs::write(&layout.cluster, "a file")?;
        assert!(matches!(layout.content(), Err(EmbeddedError::NotACluster { .. })));
        Ok(())
    }

    #[test]
    fn a_link_leads_elsewhere() -> TestResult {
        let root = tempfile::tempdir()?;
        let data_dir = create_data_dir(&root.path().join("data"))?;
        assert!(!Layout::of(&data_dir)?.is_elsewhere());
        symlink("../other/postgres", cluster_entry(&data_dir))?;
        let layout = Layout::of(&data_dir)?;
        let other = root.path().canonicalize()?.join("other");
        assert!(layout.is_elsewhere());
        assert_eq!((layout.home, layout.cluster), (other.clone(), other.join("postgres")));
        Ok(())
    }
}
