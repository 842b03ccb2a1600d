//! `/docs` in a real browser, through the proxy, with TLS.

use irontrack_tests::harness::{Front, Topology, alone, open_page};

#[test]
fn swagger_ui_shows_all_operations_and_breaks_no_policy() {
    let _alone = alone();
    let topology = Topology::start(Front::Tls, &[]);
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let (page, console) = open_page(&format!("{}/docs", topology.nginx.address(Front::Tls)), folder.path());
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
    let (_, console) = open_page(page, folder.path());
    assert!(
        console.lines().any(|line| line.contains("CONSOLE") && line.contains("Content Security Policy")),
        "{console}"
    );
}
