//! The session's cookie: out of reach of scripts, sent to this site only.

use http::{HeaderMap, HeaderValue, header};
use webauthn_rs::prelude::Url;
use yichuang_storage::session::Token;

/// How the cookie is called and kept.
pub struct Cookie {
    name: String,
    is_secure: bool,
}

impl Cookie {
    /// For an origin. On https the name begins with `__Host-`: then browsers take it from this very
    /// host only. On localhost the port is part of the name, because cookies know no ports.
    #[must_use]
    pub fn new(origin: &Url) -> Self {
        let is_secure = origin.scheme() == "https";
        let name = if is_secure {
            "__Host-yichuang".to_owned()
        } else {
            format!("yichuang-{}", origin.port_or_known_default().unwrap_or(80))
        };
        Self { name, is_secure }
    }

    /// The token in a request's cookies.
    #[must_use]
    pub fn read(&self, headers: &HeaderMap) -> Option<Token> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.name)
            .and_then(|(_, value)| Token::parse(value))
    }

    /// Sets the token.
    #[must_use]
    pub fn set(&self, token: &Token, life_ms: i64) -> HeaderValue {
        self.value(token.secret(), life_ms / 1000)
    }

    /// Removes it.
    #[must_use]
    pub fn clear(&self) -> HeaderValue {
        self.value("", 0)
    }

    fn value(&self, value: &str, seconds: i64) -> HeaderValue {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let text = format!(
            "{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}",
            self.name
        );
        // Name, hexadecimal digits and attributes are plain ASCII.
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_https_the_cookie_belongs_to_the_host_alone() {
        let cookie = Cookie::new(&Url::parse("https://police.example").unwrap());
        let token = Token::generate().unwrap();
        let set = cookie.set(&token, 60_000);
        let set = set.to_str().unwrap();
        assert!(set.starts_with("__Host-yichuang="));
        for attribute in [
            "; Path=/",
            "; HttpOnly",
            "; SameSite=Lax",
            "; Secure",
            "; Max-Age=60",
        ] {
            assert!(set.contains(attribute), "{attribute}");
        }
        assert!(!set.contains("Domain"));
    }

    #[test]
    fn the_token_is_read_among_other_cookies_and_rubbish_is_none() {
        let cookie = Cookie::new(&Url::parse("http://localhost:8080").unwrap());
        let token = Token::generate().unwrap();
        let mut headers = HeaderMap::new();
        let text = format!("a=b; yichuang-8080={}; c=d", token.secret());
        headers.insert(header::COOKIE, text.parse().unwrap());
        assert!(cookie.read(&headers).is_some_and(|read| read == token));
        headers.insert(header::COOKIE, "yichuang-8080=x".parse().unwrap());
        assert!(cookie.read(&headers).is_none());
        headers.insert(header::COOKIE, "yichuang-8081=x".parse().unwrap());
        assert!(cookie.read(&headers).is_none());
    }
}
