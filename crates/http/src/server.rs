//! The server: sockets and workers.

use std::{
    io,
    net::SocketAddr,
    os::unix::{
        fs::{FileTypeExt, PermissionsExt},
        net::UnixStream,
    },
    path::{Path, PathBuf},
    time::Duration,
};

use actix_web::{
    HttpServer,
    dev::{Server, ServerHandle},
};

use crate::{
    app::{Shared, application},
    state::HttpState,
};

/// Where to listen.
#[derive(Debug, Clone)]
pub enum Listen {
    /// On a TCP address; port 0 takes any free one.
    Tcp(SocketAddr),
    /// On a unix socket with this file mode.
    Unix {
        /// The socket file. A stale one is replaced.
        path: PathBuf,
        /// Its mode, such as `0o660`.
        mode: u32,
    },
}

/// How to listen.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// Where.
    pub listen: Listen,
    /// Worker threads.
    pub workers: usize,
    /// Connections that wait to be accepted.
    pub backlog: u32,
    /// How long running requests may take to finish when the server stops, in seconds.
    pub shutdown_seconds: u64,
}

/// A server that is bound and serves as long as [`serve`](Self::serve) runs.
pub struct BoundServer {
    server: Server,
    address: Option<SocketAddr>,
}

impl std::fmt::Debug for BoundServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BoundServer").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Stops a running server.
#[derive(Debug, Clone)]
pub struct StopHandle(ServerHandle);

impl StopHandle {
    /// Stops accepting, lets running requests finish within the time allowed, and returns when all is done.
    pub async fn stop(&self) {
        self.0.stop(true).await;
    }
}

impl BoundServer {
    /// Binds the socket and starts the workers.
    ///
    /// # Errors
    /// The socket is in use or may not be opened.
    pub fn bind(state: HttpState, options: &ServerOptions) -> io::Result<Self> {
        let shared = Shared::new(state).map_err(io::Error::other)?;
        let server = HttpServer::new(move || application(&shared))
            .workers(options.workers)
            .backlog(options.backlog)
            .shutdown_timeout(options.shutdown_seconds)
            .client_request_timeout(Duration::from_secs(5))
            .disable_signals();
        let (server, address) = match &options.listen {
            Listen::Tcp(address) => {
                let server = server.bind(address)?;
                let address = server.addrs().first().copied();
                (server, address)
            }
            Listen::Unix { path, mode } => {
                remove_dead_socket(path)?;
                let server = server.bind_uds(path)?;
                std::fs::set_permissions(path, std::fs::Permissions::from_mode(*mode))?;
                (server, None)
            }
        };
        Ok(Self { server: server.run(), address })
    }

    /// The TCP address that is listened on.
    #[must_use]
    pub const fn address(&self) -> Option<SocketAddr> {
        self.address
    }

    /// Stops this server from elsewhere.
    #[must_use]
    pub fn stop_handle(&self) -> StopHandle {
        StopHandle(self.server.handle())
    }

    /// Serves until it is stopped.
    ///
    /// # Errors
    /// The accepting thread failed.
    pub async fn serve(self) -> io::Result<()> {
        self.server.await
    }
}

/// Makes way for a socket: removes one that nobody listens on any more, and nothing else.
fn remove_dead_socket(path: &Path) -> io::Result<()> {
    let metadata = match std::fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if !metadata.file_type().is_socket() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "there is something that is no socket"));
    }
    if UnixStream::connect(path).is_ok() {
        return Err(io::Error::new(io::ErrorKind::AddrInUse, "another server listens on it"));
    }
    std::fs::remove_file(path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn only_a_dead_socket_is_removed() {
        let folder = std::env::temp_dir().join(format!("irontrack-http-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (file, socket) = (folder.join("file"), folder.join("socket"));
        std::fs::write(&file, "precious").unwrap();
        assert_eq!(remove_dead_socket(&file).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "precious");
        let listener = UnixListener::bind(&socket).unwrap();
        assert_eq!(remove_dead_socket(&socket).unwrap_err().kind(), io::ErrorKind::AddrInUse);
        drop(listener);
        remove_dead_socket(&socket).unwrap();
        assert!(!socket.exists());
        remove_dead_socket(&socket).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
