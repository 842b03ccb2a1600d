//! The private cluster.

use std::path::Path;

use crate::launch::launch;
use crate::layout::{self, Content, Layout};
use crate::lock::Lock;
use crate::relocation;
use crate::server::Server;
use crate::socket::SocketFolder;
use crate::user::Account;
use crate::{Binaries, ClusterOptions, Durability, EmbeddedError, find_binaries, initdb, orphan, url};

/// A running private cluster. It stops when dropped; [`Cluster::stop`] also says whether that went well.
#[derive(Debug)]
pub struct Cluster {
    // In the order in which they are given up.
    server: Server,
    socket: SocketFolder,
    options: ClusterOptions,
    binaries: Binaries,
    _locks: Vec<Lock>,
}

impl Cluster {
    /// Starts the cluster in the data folder, after making it if there is none, and returns when the server accepts
    /// connections. Blocks.
    ///
    /// # Errors
    ///
    /// Every [`EmbeddedError`] but `StopFailed`. Among them [`EmbeddedError::InUse`] if a cluster runs in this folder,
    /// [`EmbeddedError::BinariesMissing`] and [`EmbeddedError::VersionMismatch`] if no PostgreSQL fits, which is known
    /// before anything is started; and [`EmbeddedError::StartFailed`] or [`EmbeddedError::Timeout`] with the end of
    /// the log.
    pub fn start(mut options: ClusterOptions) -> Result<Self, EmbeddedError> {
        options.data_dir = layout::create_data_dir(&options.data_dir)?;
        let data_dir = &options.data_dir;
        let mut locks = vec![Lock::take(&data_dir.join("lock"), &layout::cluster_entry(data_dir))?];
        let layout = Layout::of(data_dir)?;
        let content = layout.content()?;
        let binaries = binaries_for(&layout, content)?;
        let account = Account::for_cluster(&layout.cluster)?;
        let layout = match &account {
            Some(account) => reachable_layout(layout, content, &binaries, account)?,
            None => layout,
        };
        if layout.is_elsewhere() {
            // Another data folder may link there as well, after it was copied.
            locks.push(Lock::take(&layout.home.join("postgres.lock"), &layout.cluster)?);
        }
        // Again, now that nobody else can change it.
        match layout.content()? {
            Content::Cluster(_) => {
                if let Some(account) = &account {
                    account.own_if_roots(&layout.cluster)?;
                }
                orphan::settle(&layout.cluster, options.start_timeout)?;
            }
            Content::Nothing => {
                initdb::make_cluster(&binaries, &layout, account.as_ref(), options.durability == Durability::Safe)?;
            }
        }
        let socket = SocketFolder::create(&layout.home, account.as_ref(), |folder| {
            account.as_ref().is_none_or(|account| account.can_work(&binaries.folder, folder))
        })?;
        let server = launch(&options, &binaries, &layout, account.as_ref(), &socket)?;
        Ok(Self { server, socket, options, binaries, _locks: locks })
    }

    /// The address of a database of this cluster, in the style of libpq, for the superuser `irontrack`. A new cluster
    /// has the database `postgres`.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        url::address(self.socket.path(), database)
    }

    /// The folder that holds the unix socket `.s.PGSQL.5432`.
    #[must_use]
    pub fn socket_dir(&self) -> &Path {
        self.socket.path()
    }

    /// The data folder, absolute and without symbolic links.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        &self.options.data_dir
    }

    /// The major version of PostgreSQL.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.binaries.version
    }

    /// The process id of the server.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.server.pid()
    }

    /// Ends all sessions, stops the server and waits for its end. If it does not end within 30 seconds it is made to;
    /// the next start then recovers the committed data.
    ///
    /// # Errors
    ///
    /// [`EmbeddedError::StopFailed`] if the process outlives even a SIGKILL.
    pub fn stop(mut self) -> Result<(), EmbeddedError> {
        self.server.stop()
    }
}

/// The binaries of the version that has written the data, or the newest.
fn binaries_for(layout: &Layout, content: Content) -> Result<Binaries, EmbeddedError> {
    let Content::Cluster(data) = content else {
        return find_binaries(None);
    };
    find_binaries(Some(data)).map_err(|error| match error {
        EmbeddedError::BinariesMissing { found, .. } if !found.is_empty() => {
            EmbeddedError::VersionMismatch { folder: layout.cluster.clone(), data, available: found }
        }
        other => other,
    })
}

/// The layout with the cluster in a place that `account` can reach; a new cluster may go elsewhere for that.
fn reachable_layout(
    layout: Layout,
    content: Content,
    binaries: &Binaries,
    account: &Account,
) -> Result<Layout, EmbeddedError> {
    if !account.can_work(&binaries.folder, Path::new("/")) {
        let reason = format!("the user {}, which must run PostgreSQL, cannot run them", account.name());
        return Err(EmbeddedError::BinariesUnusable { folder: binaries.folder.clone(), reason });
    }
    let reaches = |layout: &Layout| account.can_work(&binaries.folder, &layout.home);
    if reaches(&layout) {
        return Ok(layout);
    }
    let layout = if content == Content::Nothing && !layout.is_elsewhere() {
        relocation::relocate(&layout.data_dir, Path::new(relocation::PARENT))?;
        Layout::of(&layout.data_dir)?
    } else {
        layout
    };
    if reaches(&layout) {
        Ok(layout)
    } else {
        Err(EmbeddedError::Unreachable { folder: layout.home, user: account.name().to_owned() })
    }
}
