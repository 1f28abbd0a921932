//! A device with passkeys, in software: makes ES256 keys, answers the server's options as a browser
//! and its authenticator would, and can be told to misbehave.

use crate::TestApp;
use crate::client::{Answer, Request};
use axum::body::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A passkey on the device.
struct Key {
    id: Vec<u8>,
    user: String,
    secret: SigningKey,
}

/// A device.
pub struct Device {
    keys: Vec<Key>,
    /// The origin the browser is on.
    pub origin: String,
    /// Whether face, finger or PIN was checked.
    pub is_user_verified: bool,
}

impl Default for Device {
    fn default() -> Self {
        Self::new()
    }
}

impl Device {
    /// A device whose browser is on the test server's page.
    #[must_use]
    pub fn new() -> Self {
        Self {
            keys: Vec::new(),
            origin: "http://localhost:8080".to_owned(),
            is_user_verified: true,
        }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        // The order in which browsers write the members (WebAuthn, section 5.8.1.1).
        format!(
            r#"{{"type":"{kind}","challenge":{},"origin":"{}","crossOrigin":false}}"#,
            options["challenge"], self.origin
        )
        .into_bytes()
    }

    /// Authenticator data: hash of the domain, flags, counter.
    fn authenticator_data(&self, domain: &str, more_flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(domain.as_bytes()).to_vec();
        let verified = if self.is_user_verified { 0b100 } else { 0 };
        data.push(0b1 | verified | more_flags);
        data.extend_from_slice(&[0; 4]);
        data
    }

    /// Answers `navigator.credentials.create`.
    ///
    /// # Panics
    /// If the options are none.
    pub fn create(&mut self, options: &Value) -> Value {
        let id = Uuid::new_v4().as_bytes().to_vec();
        let secret = loop {
            let bytes = [*Uuid::new_v4().as_bytes(), *Uuid::new_v4().as_bytes()].concat();
            if let Ok(secret) = SigningKey::from_slice(&bytes) {
                break secret;
            }
        };
        let point = secret.verifying_key().to_sec1_point(false);
        let point = point.as_bytes();
        let domain = options["rp"]["id"].as_str().expect("a domain");
        let mut data = self.authenticator_data(domain, 0b100_0000);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&u16::try_from(id.len()).expect("short").to_be_bytes());
        data.extend_from_slice(&id);
        // COSE key: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
        data.extend_from_slice(&[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend_from_slice(&point[1..33]);
        data.extend_from_slice(&[0x22, 0x58, 0x20]);
        data.extend_from_slice(&point[33..65]);
        // {"fmt": "none", "attStmt": {}, "authData": data}.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).expect("short"));
        object.extend_from_slice(&data);
        let client_data = self.client_data("webauthn.create", options);
        let credential = json!({
            "id": URL_SAFE_NO_PAD.encode(&id),
            "rawId": URL_SAFE_NO_PAD.encode(&id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {"credProps": {"rk": true}},
            "response": {
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client_data),
                "attestationObject": URL_SAFE_NO_PAD.encode(object),
                "transports": ["internal"],
            },
        });
        let user = options["user"]["id"].as_str().expect("a user").to_owned();
        self.keys.push(Key { id, user, secret });
        credential
    }

    /// Answers `navigator.credentials.get` with the newest passkey.
    ///
    /// # Panics
    /// If the device has none.
    #[must_use]
    pub fn get(&self, options: &Value) -> Value {
        let key = self.keys.last().expect("a passkey");
        let client_data = self.client_data("webauthn.get", options);
        let domain = options["rpId"].as_str().expect("a domain");
        let data = self.authenticator_data(domain, 0);
        let mut signed = data.clone();
        signed.extend_from_slice(&Sha256::digest(&client_data));
        let signature: Signature = key.secret.sign(&signed);
        json!({
            "id": URL_SAFE_NO_PAD.encode(&key.id),
            "rawId": URL_SAFE_NO_PAD.encode(&key.id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client_data),
                "authenticatorData": URL_SAFE_NO_PAD.encode(data),
                "signature": URL_SAFE_NO_PAD.encode(signature.to_der().as_bytes()),
                "userHandle": key.user,
            },
        })
    }
}

/// A browser with a cookie jar and a device.
pub struct Browser<'a> {
    app: &'a TestApp,
    /// The device.
    pub device: Device,
    /// The cookie as it is sent, `name=value`; empty if there is none.
    pub cookie: String,
}

impl<'a> Browser<'a> {
    /// A new browser.
    #[must_use]
    pub fn new(app: &'a TestApp) -> Self {
        Self {
            app,
            device: Device::new(),
            cookie: String::new(),
        }
    }

    /// A request as the browser's page makes it.
    #[must_use]
    pub fn request(&self, method: &str, path: &str) -> Request {
        let method = http::Method::from_bytes(method.as_bytes()).expect("a method");
        let request = self
            .app
            .request(method, path)
            .header("sec-fetch-site", "same-origin");
        if self.cookie.is_empty() {
            request
        } else {
            request.header("cookie", &self.cookie)
        }
    }

    /// Sends a request and keeps the cookie the answer sets.
    pub async fn send(&mut self, request: Request) -> Answer {
        let answer = request.send().await;
        let set = answer.header("set-cookie");
        if !set.is_empty() {
            let pair = set.split(';').next().unwrap_or_default();
            let is_cleared = pair.ends_with('=');
            self.cookie = if is_cleared {
                String::new()
            } else {
                pair.to_owned()
            };
        }
        answer
    }

    /// GET.
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request("GET", path);
        self.send(request).await
    }

    /// POST with a JSON body.
    pub async fn post(&mut self, path: &str, body: &Value) -> Answer {
        let request = self.request("POST", path).json(body);
        self.send(request).await
    }

    /// PUT with a JSON body.
    pub async fn put(&mut self, path: &str, body: &Value) -> Answer {
        let request = self.request("PUT", path).json(body);
        self.send(request).await
    }

    /// DELETE.
    pub async fn delete(&mut self, path: &str) -> Answer {
        let request = self.request("DELETE", path);
        self.send(request).await
    }

    /// Registers a passkey; returns the last answer.
    pub async fn register(&mut self, name: &str, code: Option<&str>) -> Answer {
        let draft = json!({"name": name, "enrolment_code": code});
        let begun = self
            .post("/api/v1/passkeys/registration/begin", &draft)
            .await;
        if begun.status != 200 {
            return begun;
        }
        let begun = begun.json();
        let credential = self.device.create(&begun["options"]);
        let answer = json!({"ceremony": begun["ceremony"], "credential": credential});
        self.post("/api/v1/passkeys/registration/finish", &answer)
            .await
    }

    /// Signs in with the newest passkey; returns the last answer.
    pub async fn sign_in(&mut self) -> Answer {
        let begin = self
            .request("POST", "/api/v1/passkeys/sign-in/begin")
            .body("application/json", Bytes::new());
        let begun = self.send(begin).await;
        if begun.status != 200 {
            return begun;
        }
        let begun = begun.json();
        let credential = self.device.get(&begun["options"]);
        let answer = json!({"ceremony": begun["ceremony"], "credential": credential});
        self.post("/api/v1/passkeys/sign-in/finish", &answer).await
    }

    /// Proves to be the demonstration resident with a number; returns the answer.
    pub async fn prove(&mut self, resident: usize, recover: bool) -> Answer {
        let path = format!("/api/v1/proofing/demonstration/residents?offset={resident}&limit=1");
        let found = self.get(&path).await.json();
        let resident = &found["residents"][0];
        let draft = json!({
            "name": resident["name"],
            "id_number": resident["id_number"],
            "recover": recover,
        });
        self.post("/api/v1/proofing/demonstration", &draft).await
    }
}
