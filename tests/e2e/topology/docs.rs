//! `/docs` in a real browser, through the proxy, with TLS.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use irontrack_tests::harness::{Front, Topology, alone};

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

fn browser() -> &'static str {
    let is_there = |name: &&str| {
        let asked = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        asked.is_ok_and(|status| status.success())
    };
    BROWSERS.into_iter().find(is_there).expect("there is a browser: scripts/install-services.sh chromium")
}

/// Opens a page, and answers what is there when its scripts are done, and what the console says.
fn open(address: &str, folder: &Path) -> (String, String) {
    let output = Command::new(browser())
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--ignore-certificate-errors"])
        .args(["--no-first-run", "--disable-background-networking", "--disable-component-update"])
        .args(["--enable-logging=stderr", "--virtual-time-budget=20000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.display()))
        .arg(address)
        .stdin(Stdio::null())
        .output()
        .expect("the browser ends");
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

/// The check above would notice.
#[test]
fn the_console_says_so_where_a_policy_is_broken() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let page =
        "data:text/html,<meta http-equiv='Content-Security-Policy' content=\"script-src 'none'\"><script>1</script>";
    let (_, console) = open(page, folder.path());
    assert!(
        console.lines().any(|line| line.contains("CONSOLE") && line.contains("Content Security Policy")),
        "{console}"
    );
}
