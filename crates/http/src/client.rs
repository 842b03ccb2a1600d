//! Who is at the other end of the connection.

use std::net::{IpAddr, SocketAddr};

use actix_web::{
    HttpRequest,
    http::header::{HeaderName, USER_AGENT},
};
use ipnet::IpNet;
use irontrack_domain::account::Client;

const X_REAL_IP: HeaderName = HeaderName::from_static("x-real-ip");
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Peers whose forwarding headers count. Peers on a unix socket always do: only a local proxy can be there.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Reads a comma-separated list of addresses and networks (`10.0.0.1, 10.1.0.0/16`).
    ///
    /// # Errors
    /// The entry that is neither an address nor a network.
    pub fn parse(list: &str) -> Result<Self, String> {
        list.split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
            .map(|entry| {
                entry
                    .parse::<IpNet>()
                    .or_else(|_| entry.parse::<IpAddr>().map(IpNet::from))
                    .map_err(|_| entry.to_owned())
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// The address of the client: the peer's, or what a trusted proxy says. Of a chain in `X-Forwarded-For` the last address
/// that is no trusted proxy counts, since everything before it can be forged. `X-Real-IP` counts only without a chain:
/// a proxy that writes the chain may pass it through.
pub(crate) fn address(request: &HttpRequest, proxies: &TrustedProxies) -> Option<IpAddr> {
    let peer = request.peer_addr().map(|peer| canonical(peer.ip()));
    if peer.is_some_and(|peer| !proxies.contains(peer)) {
        return peer;
    }
    let lines = |name: &HeaderName| -> Vec<&str> {
        request.headers().get_all(name).filter_map(|value| value.to_str().ok()).collect()
    };
    // A proxy may append a line instead of an entry, so all lines are one chain.
    let chain = lines(&X_FORWARDED_FOR).join(",");
    if !chain.is_empty() {
        let hops = chain.rsplit(',').map_while(parse_address);
        return hops.into_iter().find(|address| !proxies.contains(*address)).or(peer);
    }
    lines(&X_REAL_IP).last().and_then(|real| parse_address(real)).or(peer)
}

/// Address and user agent of the client.
pub(crate) fn client(request: &HttpRequest, proxies: &TrustedProxies) -> Client {
    let agent = request.headers().get(USER_AGENT).map(|value| String::from_utf8_lossy(value.as_bytes()));
    Client::new(address(request, proxies).map(|ip| ip.to_string()), agent.as_deref())
}

fn parse_address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip())).map(canonical)
}

/// An IPv4 address, also where it was written as an IPv6 one.
fn canonical(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn seen(peer: Option<&str>, headers: &[(&'static str, &str)]) -> String {
        let proxies = TrustedProxies::parse("10.0.0.1, 192.168.0.0/16").unwrap();
        let mut request = TestRequest::default();
        if let Some(peer) = peer {
            request = request.peer_addr(peer.parse().unwrap());
        }
        for (name, value) in headers {
            request = request.insert_header((*name, *value));
        }
        address(&request.to_http_request(), &proxies).map_or_else(|| "unknown".to_owned(), |ip| ip.to_string())
    }

    #[test]
    fn forwarding_headers_count_from_trusted_peers_only() {
        let forged = [("x-real-ip", "1.1.1.1"), ("x-forwarded-for", "2.2.2.2")];
        assert_eq!(seen(Some("8.8.8.8:1"), &forged), "8.8.8.8");
        assert_eq!(seen(Some("[::ffff:8.8.8.8]:1"), &forged), "8.8.8.8");
        assert_eq!(seen(Some("10.0.0.1:1"), &forged), "2.2.2.2");
        assert_eq!(seen(Some("10.0.0.1:1"), &forged[..1]), "1.1.1.1");
        assert_eq!(seen(Some("192.168.7.7:1"), &forged[1..]), "2.2.2.2");
        assert_eq!(seen(None, &forged), "2.2.2.2");
        assert_eq!(seen(None, &[]), "unknown");
    }

    #[test]
    fn of_a_chain_the_last_stranger_counts() {
        let chain = |list: &'static str| seen(Some("10.0.0.1:1"), &[("x-forwarded-for", list)]);
        assert_eq!(chain("9.9.9.9, 2.2.2.2, 192.168.0.5"), "2.2.2.2");
        assert_eq!(chain("9.9.9.9, garbage"), "10.0.0.1");
        assert_eq!(chain("2.2.2.2:4711"), "2.2.2.2");
    }

    #[test]
    fn a_chain_may_be_spread_over_lines() {
        let proxies = TrustedProxies::parse("10.0.0.1").unwrap();
        let request = TestRequest::default()
            .peer_addr("10.0.0.1:1".parse().unwrap())
            .append_header(("x-forwarded-for", "6.6.6.6"))
            .append_header(("x-forwarded-for", "2.2.2.2"))
            .to_http_request();
        assert_eq!(address(&request, &proxies), Some("2.2.2.2".parse().unwrap()));
    }

    #[test]
    fn a_wrong_entry_is_named() {
        assert_eq!(TrustedProxies::parse("10.0.0.1,gateway").unwrap_err(), "gateway");
    }
}
