//! The PostgreSQL of the run: `TEST_DATABASE_URL`, or a private throw-away cluster.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use irontrack_embedded::{Cluster, ClusterOptions, Durability};

const PREFIX: &str = "irontrack-tests-";

/// Address of a maintenance database in the PostgreSQL of the run, with the right to create databases.
pub fn maintenance_url() -> &'static str {
    static URL: OnceLock<String> = OnceLock::new();
    URL.get_or_init(|| match std::env::var_os("TEST_DATABASE_URL") {
        Some(url) => url.into_string().expect("TEST_DATABASE_URL is UTF-8"),
        None => private_url().to_owned(),
    })
}

/// The same in the private cluster of the run, which is started unless it runs.
pub(super) fn private_url() -> &'static str {
    static URL: OnceLock<String> = OnceLock::new();
    URL.get_or_init(|| start().url("postgres"))
}

/// Starts the cluster. It goes down with this process, which never stops it: the cluster is a static.
fn start() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        remove_left_over();
        let folder = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the folder of the cluster can be made");
        // As root the server runs as another user, who must be able to enter.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("its mode can be set");
        let mut options = ClusterOptions::new(&folder);
        options.durability = Durability::Throwaway;
        options.settings = vec![
            ("max_connections".into(), "400".into()),
            ("shared_buffers".into(), "256MB".into()),
            // Tests read whole statements in `pg_stat_activity`.
            ("track_activity_query_size".into(), "16384".into()),
        ];
        Cluster::start(options).unwrap_or_else(|error| panic!("no PostgreSQL for the tests: {error}"))
    })
}

/// Removes the clusters of runs that are over.
fn remove_left_over() {
    let Ok(entries) = fs::read_dir(std::env::temp_dir()) else { return };
    let is_over = |path: &PathBuf| {
        let pid = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_prefix(PREFIX));
        pid.is_some_and(|pid| pid.parse::<u32>().is_ok() && !Path::new("/proc").join(pid).exists())
    };
    for path in entries.flatten().map(|entry| entry.path()).filter(is_over) {
        // Somebody else may remove it at the same time.
        let _gone = fs::remove_dir_all(&path);
    }
}
