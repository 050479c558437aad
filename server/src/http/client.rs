//! Where a request came from: the connection's other end, or what a trusted proxy says of it.

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use serde::Deserialize;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use std::sync::Arc;

/// The other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The client as far as we can know: the peer, or what the trusted proxies in front of us say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its network address.
    pub address: IpAddr,
    /// Somebody whom we don't trust says that the request came through them.
    pub forwarded_by_a_stranger: bool,
}

/// A range of network addresses: an address, a slash and the number of leading bits that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// This machine.
    pub fn loopback() -> Vec<Self> {
        vec![
            Self { address: IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), bits: 8 },
            Self { address: IpAddr::V6(Ipv6Addr::LOCALHOST), bits: 128 },
        ]
    }

    /// Is the address in the range? An IPv4 address in IPv6 clothes counts as what it is.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => same_start(
                u128::from(network.to_bits()) << 96,
                u128::from(address.to_bits()) << 96,
                self.bits,
            ),
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                same_start(network.to_bits(), address.to_bits(), self.bits)
            }
            _ => false,
        }
    }
}

fn same_start(one: u128, other: u128, bits: u8) -> bool {
    bits == 0 || (one ^ other) >> (128 - u32::from(bits.min(128))) == 0
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is neither an address nor a network like 10.0.0.0/8");
        let (address, bits) = text.trim().split_once('/').map_or((text.trim(), None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.parse().map_err(|_| wrong()))?;
        if bits > most { Err(wrong()) } else { Ok(Self { address, bits }) }
    }
}

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

/// Middleware: finds the client once and hands it on as an extension.
pub async fn find(State(proxies): State<Arc<[Network]>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
    let client = client(peer, request.headers(), &proxies);
    request.extensions_mut().insert(client);
    next.run(request).await
}

/// Walks from the connection outwards for as long as the teller is trusted. What a stranger says is not believed.
fn client(peer: IpAddr, headers: &HeaderMap, proxies: &[Network]) -> Client {
    let trusted = |address: IpAddr| proxies.iter().any(|network| network.contains(address));
    let mut address = peer.to_canonical();
    let mut forwarded = headers.contains_key("forwarded") || headers.contains_key("x-forwarded-for");
    if trusted(address) {
        forwarded = false;
        let hops: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|v| v.split(','))
            .collect();
        for hop in hops.into_iter().rev() {
            let Ok(told) = hop.trim().parse::<IpAddr>() else { break };
            address = told.to_canonical();
            if !trusted(address) {
                break;
            }
        }
    }
    Client { address, forwarded_by_a_stranger: forwarded }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn seen(peer: &str, forwarded: &'static str, proxies: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        if !forwarded.is_empty() {
            headers.insert("x-forwarded-for", HeaderValue::from_static(forwarded));
        }
        let proxies: Vec<Network> = proxies.iter().map(|text| text.parse().unwrap()).collect();
        client(peer.parse().unwrap(), &headers, &proxies).address.to_string()
    }

    #[test]
    fn a_strangers_word_about_the_clients_address_is_not_believed() {
        assert_eq!(seen("203.0.113.9", "198.51.100.1", &[]), "203.0.113.9");
        assert_eq!(seen("203.0.113.9", "198.51.100.1", &["10.0.0.0/8"]), "203.0.113.9");
    }

    #[test]
    fn of_a_trusted_proxys_list_only_the_end_that_it_wrote_itself_counts() {
        assert_eq!(seen("10.1.2.3", "1.1.1.1, 198.51.100.7", &["10.0.0.0/8"]), "198.51.100.7");
        assert_eq!(seen("10.1.2.3", "1.1.1.1, 198.51.100.7, 10.9.9.9", &["10.0.0.0/8"]), "198.51.100.7");
        assert_eq!(seen("::ffff:10.1.2.3", "198.51.100.7", &["10.0.0.0/8"]), "198.51.100.7");
        assert_eq!(seen("10.1.2.3", "198.51.100.7, nonsense", &["10.0.0.0/8"]), "10.1.2.3");
    }

    #[test]
    fn a_network_holds_exactly_its_addresses() {
        let holds = |network: &str, address: &str| {
            network.parse::<Network>().unwrap().contains(address.parse().unwrap())
        };
        assert!(holds("10.0.0.0/8", "10.255.0.1") && !holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("192.0.2.4", "192.0.2.4") && !holds("192.0.2.4", "192.0.2.5"));
        assert!(holds("2001:db8::/32", "2001:db8:1::1") && !holds("2001:db8::/32", "2001:db9::1"));
        assert!(holds("0.0.0.0/0", "8.8.8.8") && !holds("0.0.0.0/0", "::1"));
        for wrong in ["10.0.0.0/33", "::/129", "10.0.0", "10.0.0.0/", ""] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }
}
