//! The server: sockets and workers.

use std::{io, net::SocketAddr, path::PathBuf, time::Duration};

use actix_web::{
    HttpServer,
    dev::{Server, ServerHandle},
};

use crate::{
    app::{Shared, application},
    socket::{Socket, remove_dead_socket},
    state::HttpState,
};

/// For so long a server that is told to stop still accepts connections after its socket file is gone. Who looks for the
/// file goes elsewhere, and who had found it before is served.
const FAREWELL: Duration = Duration::from_millis(300);

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
    socket: Option<Socket>,
}

impl std::fmt::Debug for BoundServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BoundServer").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Stops a running server.
#[derive(Debug, Clone)]
pub struct StopHandle {
    server: ServerHandle,
    socket: Option<Socket>,
}

impl StopHandle {
    /// Removes the socket file, stops accepting a moment later, lets running requests finish within the time allowed, and
    /// returns when all is done.
    pub async fn stop(&self) {
        if self.socket.as_ref().is_some_and(Socket::remove) {
            actix_web::rt::time::sleep(FAREWELL).await;
        }
        self.server.stop(true).await;
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
        let (server, address, socket) = match &options.listen {
            Listen::Tcp(address) => {
                let server = server.bind(address)?;
                let address = server.addrs().first().copied();
                (server, address, None)
            }
            Listen::Unix { path, mode } => {
                remove_dead_socket(path)?;
                let server = server.bind_uds(path)?;
                (server, None, Some(Socket::open_to(path, *mode)?))
            }
        };
        Ok(Self { server: server.run(), address, socket })
    }

    /// The TCP address that is listened on.
    #[must_use]
    pub const fn address(&self) -> Option<SocketAddr> {
        self.address
    }

    /// Stops this server from elsewhere.
    #[must_use]
    pub fn stop_handle(&self) -> StopHandle {
        StopHandle { server: self.server.handle(), socket: self.socket.clone() }
    }

    /// Serves until it is stopped.
    ///
    /// # Errors
    /// The accepting thread failed.
    pub async fn serve(self) -> io::Result<()> {
        self.server.await
    }
}
