//! One request over one connection, as `GET /health` needs it: no redirects, no encodings, no connections to reuse.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    os::unix::net::UnixStream,
    time::Duration,
};

use super::Place;

const REQUEST: &str = "GET /health HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nUser-Agent: irontrack-healthcheck\r\n\
     Connection: close\r\n\r\n";

/// The most bytes of an answer.
const LARGEST: u64 = 64 * 1024;

/// The most header lines of an answer.
const HEADERS: usize = 64;

/// The status and the body of the answer. No single step takes longer than the limit.
pub(super) fn get_health(place: &Place, limit: Duration) -> io::Result<(u16, Vec<u8>)> {
    match place {
        Place::Tcp(address) => {
            let stream = TcpStream::connect_timeout(address, limit)?;
            stream.set_read_timeout(Some(limit))?;
            stream.set_write_timeout(Some(limit))?;
            exchange(stream)
        }
        Place::Unix(path) => {
            let stream = UnixStream::connect(path)?;
            stream.set_read_timeout(Some(limit))?;
            stream.set_write_timeout(Some(limit))?;
            exchange(stream)
        }
    }
}

fn exchange(mut stream: impl Read + Write) -> io::Result<(u16, Vec<u8>)> {
    stream.write_all(REQUEST.as_bytes())?;
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
        exchange(Answer(io::Cursor::new(answer.to_vec())))
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
