//! Who is asking: the address behind trusted proxies. It is never logged or stored.

use crate::settings::ServeSettings;
use http::HeaderMap;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv6Addr};

/// Which networks are believed, and which may read figures.
pub struct Operators {
    trusted_proxies: Vec<IpNet>,
    operators: Vec<IpNet>,
}

/// The client of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its address.
    pub address: IpAddr,
    /// Whether it may read figures.
    pub is_operator: bool,
}

impl Operators {
    /// From the settings.
    #[must_use]
    pub fn new(settings: &ServeSettings) -> Self {
        Self {
            trusted_proxies: settings.trusted_proxies.clone(),
            operators: settings.operators.clone(),
        }
    }

    /// Finds the client: the peer, or, if the peer is a trusted proxy, the last address of
    /// `X-Forwarded-For` that is not a trusted proxy itself. Everything further left could have
    /// been made up by the client.
    #[must_use]
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        let peer = peer.to_canonical();
        let is_forwarded =
            headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
        let mut address = peer;
        let mut is_believed = true;
        if contains(&self.trusted_proxies, peer) {
            let hops: Vec<&str> = headers
                .get_all("x-forwarded-for")
                .iter()
                .filter_map(|value| value.to_str().ok())
                .flat_map(|value| value.split(','))
                .collect();
            for hop in hops.into_iter().rev() {
                let Ok(hop) = hop.trim().parse::<IpAddr>() else {
                    is_believed = false;
                    break;
                };
                address = hop.to_canonical();
                if !contains(&self.trusted_proxies, address) {
                    break;
                }
            }
        } else if is_forwarded {
            // A proxy that nobody told us of: its clients must not pass for the machine itself.
            is_believed = false;
        }
        Client {
            address,
            is_operator: is_believed && contains(&self.operators, address),
        }
    }
}

fn contains(networks: &[IpNet], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(&address))
}

/// What limits are counted by: an IPv4 address, or the /64 that an IPv6 client owns.
#[must_use]
pub fn limit_key(address: IpAddr, is_crowded: bool) -> u64 {
    match address {
        IpAddr::V4(address) => {
            let bits = u64::from(u32::from(address));
            if is_crowded { bits >> 16 << 16 } else { bits }
        }
        IpAddr::V6(address) => {
            let network = prefix(address);
            // IPv4 keys leave the upper half empty, so the two kinds never meet.
            if is_crowded {
                network >> 32 << 32
            } else {
                network
            }
        }
    }
}

fn prefix(address: Ipv6Addr) -> u64 {
    (u128::from(address) >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operators(proxies: &[&str]) -> Operators {
        Operators {
            trusted_proxies: proxies.iter().map(|net| net.parse().unwrap()).collect(),
            operators: vec!["127.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()],
        }
    }

    fn forwarded(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", value.parse().unwrap());
        headers
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn without_a_trusted_proxy_the_peer_is_the_client() {
        let client = operators(&[]).client(ip("203.0.113.9"), &forwarded("198.51.100.1"));
        assert_eq!(client.address, ip("203.0.113.9"));
    }

    #[test]
    fn a_made_up_hop_on_the_left_is_ignored() {
        let client = operators(&["10.0.0.0/8"]).client(
            ip("10.0.0.1"),
            &forwarded("127.0.0.1, 198.51.100.7, 10.0.0.2"),
        );
        assert_eq!(client.address, ip("198.51.100.7"));
        assert!(!client.is_operator);
    }

    #[test]
    fn figures_are_for_the_machine_itself_and_not_for_what_a_proxy_forwards() {
        assert!(
            operators(&[])
                .client(ip("127.0.0.1"), &HeaderMap::new())
                .is_operator
        );
        assert!(
            operators(&[])
                .client(ip("::ffff:127.0.0.1"), &HeaderMap::new())
                .is_operator
        );
        for proxies in [&[][..], &["127.0.0.0/8"]] {
            let client = operators(proxies).client(ip("127.0.0.1"), &forwarded("198.51.100.7"));
            assert!(!client.is_operator);
            let client = operators(proxies).client(ip("127.0.0.1"), &forwarded("rubbish"));
            assert!(!client.is_operator);
        }
    }

    #[test]
    fn one_household_is_one_client_over_ipv6() {
        assert_eq!(
            limit_key(ip("2001:db8:1:2::1"), false),
            limit_key(ip("2001:db8:1:2:ffff::9"), false)
        );
        assert_ne!(
            limit_key(ip("198.51.100.1"), false),
            limit_key(ip("198.51.100.2"), false)
        );
        assert_eq!(
            limit_key(ip("198.51.100.1"), true),
            limit_key(ip("198.51.7.2"), true)
        );
    }
}
