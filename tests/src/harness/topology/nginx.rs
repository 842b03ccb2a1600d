//! The proxy: nginx with the configuration of `deploy/proxy`, without what only Angie understands.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    super::until,
    Front,
    deployment::{Daemon, render, root, script},
};

/// How far limits are out of the way of tests.
const NO_LIMITS: [(&str, &str); 5] = [
    ("PROXY_REQUESTS_PER_SECOND", "100000"),
    ("PROXY_REQUESTS_BURST", "100000"),
    ("PROXY_SIGN_INS_PER_SECOND", "10000"),
    ("PROXY_SIGN_INS_BURST", "10000"),
    ("PROXY_CONNECTIONS_PER_ADDRESS", "10000"),
];

/// A running proxy.
#[derive(Debug)]
pub struct Nginx {
    daemon: Option<Daemon>,
    folder: PathBuf,
    plain: u16,
    tls: u16,
    /// The port where everything is sent to where it is encrypted.
    pub redirecting: u16,
}

impl Nginx {
    /// Starts it in front of `1.sock` and `2.sock` of that folder, which need not be there yet.
    pub(super) fn start(front: Front, sockets: &Path, allowed_origins: &str, variables: &[(&str, &str)]) -> Self {
        let folder = sockets.join("proxy");
        let rendered = folder.join("conf");
        fs::create_dir(&folder).expect("the folder of the proxy can be made");
        let [plain, tls, redirecting] = free_ports();
        script(&["deploy/certs.sh", "localhost", text(&folder)]);
        let defaults = fs::read_to_string(root().join("deploy/proxy/defaults.env")).expect("there are defaults");
        let (tls_port, redirecting_port) = (tls.to_string(), redirecting.to_string());
        let public = public_address(front, plain, tls);
        let [certificate, key, log, errors] =
            ["certificate.pem", "certificate-key.pem", "access.log", "error.log"].map(|name| folder.join(name));
        let own = [
            ("PROXY_USER", "root"),
            ("PROXY_FOLDER", text(&rendered)),
            ("PROXY_RUN", text(&folder)),
            ("PROXY_ACCESS_LOG", text(&log)),
            ("PROXY_ERROR_LOG", text(&errors)),
            ("PROXY_ADDRESS", "127.0.0.1"),
            ("PROXY_HTTP_PORT", &redirecting_port),
            ("PROXY_HTTPS_PORT", &tls_port),
            ("PROXY_HTTP3_PORT", ""),
            ("PROXY_CERTIFICATE", text(&certificate)),
            ("PROXY_CERTIFICATE_KEY", text(&key)),
            ("PROXY_SERVER_NAME", "localhost"),
            ("IRONTRACK_SOCKETS", text(sockets)),
            ("PUBLIC_URL", &public),
            ("ALLOWED_ORIGINS", allowed_origins),
        ];
        // The last of a name counts.
        let defaults = defaults.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
        let values = defaults.chain(NO_LIMITS).chain(own).chain(variables.iter().copied());
        render("proxy", &rendered, values);
        // In the place of what nginx does not understand: the site without encryption, for the client of the tests.
        let site = rendered.join("site.conf");
        let plain_server = format!("server {{ listen 127.0.0.1:{plain}; include {}; }}\n", text(&site));
        fs::write(rendered.join("only-angie.conf"), plain_server).expect("the configuration can be written");
        let mut nginx = Self { daemon: None, folder, plain, tls, redirecting };
        nginx.start_again();
        nginx
    }

    /// Starts it at the same address, where it does not run.
    pub fn start_again(&mut self) {
        let folder = &self.folder;
        let (errors, configuration) = (folder.join("error.log"), folder.join("conf/proxy.conf"));
        let arguments = ["-e", text(&errors), "-c", text(&configuration), "-g", "daemon off;"];
        let mut daemon = Daemon::start("nginx", &arguments, folder, "TERM", None);
        until(Duration::from_secs(20), "the proxy listens", || {
            daemon.assert_running("nginx", folder);
            TcpStream::connect(("127.0.0.1", self.plain)).is_ok()
        });
        self.daemon = Some(daemon);
    }

    /// Kills it with all its workers, in the middle of whatever they do.
    pub fn kill(&mut self) {
        if let Some(daemon) = self.daemon.take() {
            daemon.kill();
        }
    }

    /// Its address.
    #[must_use]
    pub fn address(&self, front: Front) -> String {
        public_address(front, self.plain, self.tls)
    }

    /// The authority that has signed its certificate.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.folder.join("authority.pem")
    }

    /// What it has written about requests: a line of JSON for each.
    #[must_use]
    pub fn access_log(&self) -> String {
        fs::read_to_string(self.folder.join("access.log")).expect("there is a log")
    }

    /// What it has complained about.
    #[must_use]
    pub fn error_log(&self) -> String {
        fs::read_to_string(self.folder.join("error.log")).expect("there is a log")
    }
}

fn public_address(front: Front, plain: u16, tls: u16) -> String {
    match front {
        Front::Plain => format!("http://127.0.0.1:{plain}"),
        Front::Tls => format!("https://localhost:{tls}"),
    }
}

/// Ports that nobody uses now.
fn free_ports<const COUNT: usize>() -> [u16; COUNT] {
    let listeners = [(); COUNT].map(|()| TcpListener::bind("127.0.0.1:0").expect("a free port"));
    listeners.map(|listener| listener.local_addr().expect("an address").port())
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}
