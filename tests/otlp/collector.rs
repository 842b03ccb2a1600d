//! A collector of traces that keeps what it is sent.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
};

/// A server of HTTP for one kind of request.
pub(crate) struct Collector {
    /// `http://host:port`.
    pub(crate) address: String,
    received: Arc<Mutex<Vec<u8>>>,
}

impl Collector {
    /// Takes everything.
    pub(crate) fn start() -> Self {
        Self::listen(true)
    }

    /// Takes connections, and never says a word.
    pub(crate) fn that_never_answers() -> Self {
        Self::listen(false)
    }

    fn listen(answers: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let address = format!("http://{}", listener.local_addr().expect("it has an address"));
        let received = Arc::default();
        let kept = Arc::clone(&received);
        std::thread::spawn(move || {
            let mut silent = Vec::new();
            for connection in listener.incoming().map_while(Result::ok) {
                if answers {
                    let kept = Arc::clone(&kept);
                    std::thread::spawn(move || while take(&connection, &kept).is_some() {});
                } else {
                    silent.push(connection);
                }
            }
        });
        Self { address, received }
    }

    /// Whether any span has this text somewhere: texts are in the messages as they are.
    pub(crate) fn has(&self, text: &str) -> bool {
        let received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        received.windows(text.len()).any(|window| window == text.as_bytes())
    }
}

/// Reads a request, keeps its body and answers; nothing at the end of the connection.
fn take(connection: &TcpStream, kept: &Mutex<Vec<u8>>) -> Option<()> {
    let mut reader = BufReader::new(connection);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with("post /v1/traces http/1.1\r\n"), "{head}");
    assert!(head.contains("content-type: application/x-protobuf\r\n"), "{head}");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
    let mut body = vec![0; length.parse().expect("a number")];
    reader.read_exact(&mut body).ok()?;
    kept.lock().unwrap_or_else(PoisonError::into_inner).extend(body);
    let mut connection = connection;
    connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n").ok()
}
