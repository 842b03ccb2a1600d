//! One request to a running server over one connection, as `GET /health` needs it: no redirects, no encodings, no
//! connections to reuse, and no body.

use std::{
    fmt,
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    os::unix::net::UnixStream,
    path::PathBuf,
    sync::mpsc,
    thread,
    time::Duration,
};

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// An address and a port.
    Tcp(SocketAddr),
    /// A unix socket.
    Unix(PathBuf),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => path.display().fmt(f),
        }
    }
}

/// The most bytes of an answer.
const LARGEST: u64 = 64 * 1024;

/// The most header lines of an answer.
const HEADERS: usize = 64;

/// The status and the body of the answer, or why there is none in time.
pub(crate) fn send(place: Place, method: &str, path: &str, limit: Duration) -> Result<(u16, Vec<u8>), String> {
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nUser-Agent: irontrack-cli\r\n\
         Content-Length: 0\r\nConnection: close\r\n\r\n"
    );
    // In a thread of its own: connecting to a unix socket can take for ever, and no time-out can be set for it.
    let (sender, answer) = mpsc::channel();
    thread::spawn(move || sender.send(connected(&place, &request, limit)));
    match answer.recv_timeout(limit) {
        Ok(answer) => answer.map_err(|error| error.to_string()),
        Err(_) => Err(format!("no answer within {} s", limit.as_secs())),
    }
}

/// No single step takes longer than the limit.
fn connected(place: &Place, request: &str, limit: Duration) -> io::Result<(u16, Vec<u8>)> {
    match place {
        Place::Tcp(address) => {
            let stream = TcpStream::connect_timeout(address, limit)?;
            stream.set_read_timeout(Some(limit))?;
            stream.set_write_timeout(Some(limit))?;
            exchange(stream, request)
        }
        Place::Unix(path) => {
            let stream = UnixStream::connect(path)?;
            stream.set_read_timeout(Some(limit))?;
            stream.set_write_timeout(Some(limit))?;
            exchange(stream, request)
        }
    }
}

fn exchange(mut stream: impl Read + Write, request: &str) -> io::Result<(u16, Vec<u8>)> {
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.take(LARGEST).read_to_end(&mut answer)?;
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let head = response.parse(&answer).map_err(|_| no_http())?;
    match (head, response.code) {
        (httparse::Status::Complete(length), Some(status)) => Ok((status, answer.split_off(length))),
        _ => Err(no_http()),
    }
}

fn no_http() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the answer is no HTTP")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A connection with an answer in it.
    struct Answer(io::Cursor<Vec<u8>>);

    impl Read for Answer {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0.read(buffer)
        }
    }

    impl Write for Answer {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn read(answer: &[u8]) -> io::Result<(u16, Vec<u8>)> {
        exchange(Answer(io::Cursor::new(answer.to_vec())), "")
    }

    #[test]
    fn status_and_body_are_told_apart() {
        let answer = read(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\n\r\n{}").unwrap();
        assert_eq!(answer, (503, b"{}".to_vec()));
    }

    #[test]
    fn anything_else_is_an_error() {
        for answer in [&b""[..], b"HTTP/1.1 200 OK\r\n", b"SSH-2.0-OpenSSH\r\n", b"\0\r\n\r\n"] {
            assert!(read(answer).is_err(), "{answer:?}");
        }
    }
}
