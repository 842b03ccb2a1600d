//! A proxy that does to connections what networks do to them.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    os::unix::net::UnixStream,
    path::PathBuf,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, Weak,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// Where a proxy leads.
#[derive(Debug, Clone)]
pub enum Upstream {
    /// To a unix socket.
    Unix(PathBuf),
    /// To a TCP address.
    Tcp(SocketAddr),
}

/// What becomes of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Both ways at once; answers this much later.
    Pass { delay: Duration },
    /// Nothing goes either way, and nothing is lost.
    Stall,
    /// It is over.
    Closed,
}

/// A TCP address that leads to a server, and may be slow, silent or cut off. Gone when dropped.
#[derive(Debug)]
pub struct FaultProxy {
    address: SocketAddr,
    state: Arc<State>,
    accepting: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct State {
    mode: Mutex<Mode>,
    changed: Condvar,
    open: Mutex<Vec<Open>>,
}

/// An open connection.
#[derive(Debug)]
struct Open {
    /// A client whose last handle is dropped is closed.
    client: Weak<TcpStream>,
    server: Link,
    is_stranded: Arc<AtomicBool>,
}

impl FaultProxy {
    /// A proxy that passes everything on.
    #[must_use]
    pub fn to(upstream: Upstream) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("there is a free port");
        let address = listener.local_addr().expect("it has an address");
        let mode = Mutex::new(Mode::Pass { delay: Duration::ZERO });
        let state = Arc::new(State { mode, changed: Condvar::new(), open: Mutex::default() });
        let accepting = std::thread::spawn({
            let state = state.clone();
            move || accept(&listener, &upstream, &state)
        });
        Self { address, state, accepting: Some(accepting) }
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Every answer arrives this much later.
    pub fn delay_answers(&self, delay: Duration) {
        self.set(Mode::Pass { delay });
    }

    /// Nothing arrives any more, on new connections neither. Nobody is told.
    pub fn stall(&self) {
        self.set(Mode::Stall);
    }

    /// Everything arrives at once, also what was held back.
    pub fn pass(&self) {
        self.set(Mode::Pass { delay: Duration::ZERO });
    }

    /// Resets the connections that are open now.
    pub fn reset(&self) {
        for Open { client, server, is_stranded } in self.state.open().drain(..) {
            is_stranded.store(false, Ordering::SeqCst);
            if let Some(client) = client.upgrade() {
                // It will be closed without a goodbye.
                let hard = socket2::SockRef::from(&*client).set_linger(Some(Duration::ZERO));
                hard.expect("a connection can be closed hard");
                release(&client);
            }
            server.shutdown();
        }
        self.state.changed.notify_all();
    }

    /// Nothing arrives any more on the connections that are open now, and nobody is told. New ones are as they should be.
    pub fn strand(&self) {
        for open in &*self.state.open() {
            open.is_stranded.store(true, Ordering::SeqCst);
        }
    }

    fn set(&self, mode: Mode) {
        *self.state.mode() = mode;
        self.state.changed.notify_all();
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.set(Mode::Closed);
        self.reset();
        // Wakes the one who accepts.
        let _woken = TcpStream::connect(self.address);
        if let Some(accepting) = self.accepting.take() {
            let _ended = accepting.join();
        }
    }
}

impl State {
    fn mode(&self) -> MutexGuard<'_, Mode> {
        self.mode.lock().expect("the mode is whole")
    }

    fn open(&self) -> MutexGuard<'_, Vec<Open>> {
        self.open.lock().expect("the list is whole")
    }

    /// Waits while nothing may go on; for an answer also until its delay is over. False when the proxy is gone.
    fn wait(&self, is_stranded: &AtomicBool, arrived: Option<Instant>) -> bool {
        let mut mode = self.mode();
        loop {
            let left = match *mode {
                Mode::Closed => return false,
                _ if is_stranded.load(Ordering::SeqCst) => None,
                Mode::Stall => None,
                Mode::Pass { delay } => {
                    match arrived.map(|arrived| (arrived + delay).checked_duration_since(Instant::now())) {
                        Some(Some(left)) if !left.is_zero() => Some(left),
                        _ => return true,
                    }
                }
            };
            mode = match left {
                Some(left) => self.changed.wait_timeout(mode, left).expect("the mode is whole").0,
                None => self.changed.wait(mode).expect("the mode is whole"),
            };
        }
    }
}

fn accept(listener: &TcpListener, upstream: &Upstream, state: &Arc<State>) {
    for client in listener.incoming() {
        if *state.mode() == Mode::Closed {
            return;
        }
        let Ok(client) = client else { continue };
        // Without a server the client is closed.
        let Some(server) = Link::to(upstream) else { continue };
        let _small_answers_at_once = client.set_nodelay(true);
        let client = Arc::new(client);
        let is_stranded = Arc::new(AtomicBool::new(false));
        let mut open = state.open();
        open.retain(|one| one.client.strong_count() > 0);
        open.push(Open { client: Arc::downgrade(&client), server: server.clone(), is_stranded: is_stranded.clone() });
        drop(open);
        let (sender, receiver) = channel();
        std::thread::spawn({
            let (client, server, state, is_stranded) =
                (client.clone(), server.clone(), state.clone(), is_stranded.clone());
            move || carry_questions(&client, &server, || state.wait(&is_stranded, None))
        });
        std::thread::spawn(move || collect_answers(&server, &sender));
        let state = state.clone();
        std::thread::spawn(move || {
            deliver_answers(&receiver, &client, |arrived| state.wait(&is_stranded, Some(arrived)));
        });
    }
}

fn carry_questions(client: &TcpStream, server: &Link, may_go_on: impl Fn() -> bool) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(count @ 1..) = { client }.read(&mut buffer) {
        if !may_go_on() || server.write(&buffer[..count]).is_err() {
            break;
        }
    }
    server.shutdown();
}

fn collect_answers(server: &Link, answers: &Sender<(Instant, Vec<u8>)>) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(count @ 1..) = server.read(&mut buffer) {
        if answers.send((Instant::now(), buffer[..count].to_vec())).is_err() {
            break;
        }
    }
}

fn deliver_answers(answers: &Receiver<(Instant, Vec<u8>)>, client: &TcpStream, may_go_on: impl Fn(Instant) -> bool) {
    for (arrived, bytes) in answers {
        if !may_go_on(arrived) || { client }.write_all(&bytes).is_err() {
            break;
        }
    }
    release(client);
}

/// Wakes the thread that reads from a client, and sends nothing. When it has ended the connection is closed.
fn release(client: &TcpStream) {
    let _gone = client.shutdown(Shutdown::Read);
}

/// A connection to the server.
#[derive(Debug, Clone)]
enum Link {
    Unix(Arc<UnixStream>),
    Tcp(Arc<TcpStream>),
}

impl Link {
    fn to(upstream: &Upstream) -> Option<Self> {
        match upstream {
            Upstream::Unix(path) => UnixStream::connect(path).ok().map(|stream| Self::Unix(Arc::new(stream))),
            Upstream::Tcp(address) => {
                let stream = TcpStream::connect(address).ok()?;
                stream.set_nodelay(true).ok()?;
                Some(Self::Tcp(Arc::new(stream)))
            }
        }
    }

    fn read(&self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Unix(stream) => { &**stream }.read(buffer),
            Self::Tcp(stream) => { &**stream }.read(buffer),
        }
    }

    fn write(&self, bytes: &[u8]) -> std::io::Result<()> {
        match self {
            Self::Unix(stream) => { &**stream }.write_all(bytes),
            Self::Tcp(stream) => { &**stream }.write_all(bytes),
        }
    }

    fn shutdown(&self) {
        let _gone = match self {
            Self::Unix(stream) => stream.shutdown(Shutdown::Both),
            Self::Tcp(stream) => stream.shutdown(Shutdown::Both),
        };
    }
}
