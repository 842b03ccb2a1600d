//! `/docs` in a real browser, through the proxy, with TLS.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use irontrack_tests::harness::{Front, Topology, alone};

/// Opens a page, and answers what is there when its scripts are done, and what the console says.
fn open(address: &str, folder: &Path) -> (String, String) {
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--ignore-certificate-errors"])
        .args(["--no-first-run", "--disable-background-networking", "--disable-component-update"])
        .args(["--enable-logging=stderr", "--virtual-time-budget=20000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.display()))
        .arg(address)
        .stdin(Stdio::null())
        .output()
        .expect("chromium is installed: scripts/install-services.sh chromium");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (text(output.stdout), text(output.stderr))
}

#[test]
fn swagger_ui_shows_all_operations_and_breaks_no_policy() {
    let _alone = alone();
    let topology = Topology::start(Front::Tls, &[]);
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let (page, console) = open(&format!("{}/docs", topology.nginx.address(Front::Tls)), folder.path());
    let console: Vec<_> = console.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert!(!console.iter().any(|line| line.contains("Content Security Policy")), "{}", console.join("\n"));
    assert!(!console.iter().any(|line| line.contains("Refused to")), "{}", console.join("\n"));
    // Swagger UI has read the document and drawn it.
    for expected in ["class=\"opblock", "/api/v1/access/signin", "IronTrack"] {
        assert!(page.contains(expected), "expected {expected} in the page:\n{}\n{page}", console.join("\n"));
    }
}

/// The check above would notice: the policy of everything else breaks the page.
#[test]
fn the_browser_says_so_where_a_policy_is_broken() {
    let _alone = alone();
    let topology = Topology::start(Front::Tls, &[]);
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    // Pages of errors are JSON, which Chromium shows in a page with a style of its own.
    let (page, _) = open(&format!("{}/api/v1/access/me", topology.nginx.address(Front::Tls)), folder.path());
    assert!(!page.contains("opblock"), "{page}");
}
