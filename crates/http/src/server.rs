//! The server: sockets and workers.

use std::{any::Any, io, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use actix_web::{
    App, HttpServer,
    dev::{Server, ServerHandle},
    rt::net::TcpStream,
};
use socket2::SockRef;

use crate::{
    app::{Shared, application},
    operations::{self, Board},
    socket::{Socket, remove_dead_socket},
    state::HttpState,
    traffic::Traffic,
};

/// For so long a server that is told to stop still accepts connections after its socket file is gone. Who looks for the
/// file goes elsewhere, and who had found it before is served.
const FAREWELL: Duration = Duration::from_millis(300);

/// How long a client may take for the headers of a request.
const HEADERS: Duration = Duration::from_secs(5);

/// How long a connection is kept on which nothing is asked.
const KEPT: Duration = Duration::from_secs(5);

/// How long a client may leave an answer in our buffers without taking any of it.
const UNREAD: Duration = Duration::from_secs(8);

/// Binds a server at its place, and starts it. The bounds of a function would name types that are not for us.
macro_rules! started {
    ($server:expr, $listen:expr) => {{
        let server = $server;
        let (server, address, socket) = match $listen {
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
        Ok(BoundServer { server: server.run(), address, socket })
    }};
}

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
    /// Connections that are open at the same time, of all workers together.
    pub connections: usize,
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

/// Lets the operating system close a TCP connection whose client takes nothing of an answer. A client of a unix socket is a
/// proxy on the same machine, which has limits of its own for those behind it.
fn limit_unread(connection: &dyn Any) {
    if let Some(stream) = connection.downcast_ref::<TcpStream>()
        && let Err(error) = SockRef::from(stream).set_tcp_user_timeout(Some(UNREAD))
    {
        tracing::debug!(%error, "a connection has no limit for what is not read");
    }
}

impl BoundServer {
    /// Binds the socket and starts the workers. Also answers where requests are counted.
    ///
    /// # Errors
    /// The socket is in use or may not be opened.
    pub fn bind(state: HttpState, options: &ServerOptions) -> io::Result<(Self, Arc<Traffic>)> {
        let shared = Shared::new(state).map_err(io::Error::other)?;
        let traffic = shared.traffic.clone();
        let server = HttpServer::new(move || application(&shared))
            .workers(options.workers)
            .backlog(options.backlog)
            .shutdown_timeout(options.shutdown_seconds)
            .max_connections(options.connections.div_ceil(options.workers.max(1)))
            .client_request_timeout(HEADERS)
            .keep_alive(KEPT)
            .on_connect(|connection, _| limit_unread(connection))
            .disable_signals();
        let bound: io::Result<Self> = started!(server, &options.listen);
        Ok((bound?, traffic))
    }

    /// Binds the listener of operations, which has one worker.
    ///
    /// # Errors
    /// The address or socket is in use or may not be opened.
    pub fn bind_operations(board: Board, listen: &Listen) -> io::Result<Self> {
        let server = HttpServer::new(move || App::new().configure(|services| operations::configure(services, &board)))
            .workers(1)
            .shutdown_timeout(1)
            .disable_signals();
        started!(server, listen)
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
