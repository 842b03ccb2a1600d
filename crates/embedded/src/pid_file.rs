//! The file `postmaster.pid`, in which a server says that it runs on a cluster.

use std::fs;
use std::path::Path;

pub(crate) const NAME: &str = "postmaster.pid";

/// What `postmaster.pid` says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PidFile {
    /// The process id of the server that wrote it.
    pub(crate) pid: u32,
    /// Whether that server takes connections.
    pub(crate) ready: bool,
}

impl PidFile {
    /// What the file in the folder of the cluster says; `None` if there is none or if it makes no sense.
    pub(crate) fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(cluster.join(NAME)).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        // pid, data folder, start time, port, socket folder, address, shared memory, status
        let mut lines = text.lines();
        let pid = lines.next()?.trim().parse().ok().filter(|pid| *pid > 1 && i32::try_from(*pid).is_ok())?;
        let ready = lines.nth(6).is_some_and(|status| status.trim() == "ready");
        Some(Self { pid, ready })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_the_eighth_line() {
        let text = "4711\n/data\n1700000000\n5432\n/socket\n\n  1234   5\n";
        assert_eq!(PidFile::parse(text), Some(PidFile { pid: 4711, ready: false }));
        assert_eq!(PidFile::parse(&format!("{text}starting\n")), Some(PidFile { pid: 4711, ready: false }));
        assert_eq!(PidFile::parse(&format!("{text}ready   \n")), Some(PidFile { pid: 4711, ready: true }));
    }

    #[test]
    fn a_process_id_that_must_not_be_signalled_is_none() {
        for text in ["", "x", "0\n", "1\n", "-5\n", "4294967295\n"] {
            assert_eq!(PidFile::parse(text), None, "{text:?}");
        }
    }
}
