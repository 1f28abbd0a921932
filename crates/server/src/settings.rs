//! Settings: every one is a flag and an environment variable. docs/operations.md lists them.

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use std::path::PathBuf;
use std::time::Duration;
use yichuang_storage::{Error, Location};

/// Where the database is.
#[derive(Args, Clone, Debug)]
pub struct DatabaseSettings {
    /// Folder of the embedded database.
    #[arg(
        long,
        value_name = "DIR",
        env = "YICHUANG_DATA",
        global = true,
        default_value = "data"
    )]
    pub data: PathBuf,
    /// PostgreSQL instead of the embedded database: postgres://user:password@host/name.
    #[arg(
        long,
        value_name = "URL",
        env = "YICHUANG_DATABASE_URL",
        global = true,
        hide_env_values = true
    )]
    pub database_url: Option<String>,
    /// Name of the city's part of the database.
    #[arg(long, env = "YICHUANG_REGION", default_value = "city", global = true)]
    pub region: String,
}

impl DatabaseSettings {
    /// The place these settings name.
    ///
    /// # Errors
    /// If the URL is of no supported engine.
    pub fn location(&self) -> Result<Location, Error> {
        Location::from_settings(self.database_url.as_deref(), &self.data)
    }
}

/// Where the content is.
#[derive(Args, Clone, Debug)]
pub struct ContentSettings {
    /// Folder of the content.
    #[arg(
        long,
        value_name = "DIR",
        env = "YICHUANG_CONTENT",
        default_value = "content"
    )]
    pub content: PathBuf,
}

/// Where the keys are that seal what identifies persons.
#[derive(Args, Clone, Debug)]
pub struct KeySettings {
    /// File of the keys; made at the first start. Default: keys.json in the data folder.
    #[arg(
        long = "keys",
        value_name = "FILE",
        env = "YICHUANG_KEY_FILE",
        global = true
    )]
    pub key_file: Option<PathBuf>,
    /// The keys themselves instead of a file, as JSON. Give it as a variable: flags are visible in
    /// the list of processes.
    #[arg(
        long = "keys-json",
        value_name = "JSON",
        env = "YICHUANG_KEYS",
        global = true,
        hide_env_values = true
    )]
    pub keys: Option<String>,
}

/// Who may sign in, and how names are proved.
#[derive(Args, Clone, Debug)]
pub struct IdentitySettings {
    /// Where the keys are.
    #[command(flatten)]
    pub keys: KeySettings,
    /// Address under which browsers see this server, such as https://police.example. Passkeys
    /// belong to it. Default: http://localhost with the port.
    #[arg(long, value_name = "URL", env = "YICHUANG_ORIGIN")]
    pub origin: Option<String>,
    /// Minutes without a request after which a session ends.
    #[arg(long, env = "YICHUANG_SESSION_IDLE_MINUTES", default_value_t = 30)]
    pub session_idle_minutes: u32,
    /// The same for members of hotels, whose desk waits for guests.
    #[arg(long, env = "YICHUANG_DESK_IDLE_MINUTES", default_value_t = 720)]
    pub desk_idle_minutes: u32,
    /// Hours after which a session ends in any case.
    #[arg(long, env = "YICHUANG_SESSION_HOURS", default_value_t = 12)]
    pub session_hours: u32,
    /// Whether names can be proved by the embedded register of fictional residents. Switch it off
    /// where real persons are served.
    #[arg(long, env = "YICHUANG_DEMONSTRATION_REGISTER", default_value_t = true, action = clap::ArgAction::Set)]
    pub demonstration_register: bool,
    /// An authority's identity service.
    #[command(flatten)]
    pub openid: OpenIdSettings,
}

/// An authority's identity service, by OpenID Connect.
#[derive(Args, Clone, Debug)]
pub struct OpenIdSettings {
    /// Its issuer, such as https://identity.example. Names are proved by it if this is set.
    #[arg(
        long = "openid-issuer",
        value_name = "URL",
        env = "YICHUANG_OPENID_ISSUER"
    )]
    pub issuer: Option<String>,
    /// The name of this server there.
    #[arg(
        long = "openid-client",
        env = "YICHUANG_OPENID_CLIENT",
        default_value = "yichuang"
    )]
    pub client: String,
    /// The secret of this server there.
    #[arg(
        long = "openid-secret",
        env = "YICHUANG_OPENID_SECRET",
        hide_env_values = true
    )]
    pub secret: Option<String>,
    /// Scopes to ask for beside `openid`, separated by spaces.
    #[arg(
        long = "openid-scopes",
        env = "YICHUANG_OPENID_SCOPES",
        default_value = "profile"
    )]
    pub scopes: String,
    /// Claim that holds the name.
    #[arg(
        long = "openid-name-claim",
        env = "YICHUANG_OPENID_NAME_CLAIM",
        default_value = "name"
    )]
    pub name_claim: String,
    /// Claim that holds the ID number.
    #[arg(
        long = "openid-number-claim",
        env = "YICHUANG_OPENID_NUMBER_CLAIM",
        default_value = "id_number"
    )]
    pub number_claim: String,
    /// What people know the service as, in Chinese.
    #[arg(
        long = "openid-name-zh",
        env = "YICHUANG_OPENID_NAME_ZH",
        default_value = "统一身份认证"
    )]
    pub name_zh: String,
    /// The same in English.
    #[arg(
        long = "openid-name-en",
        env = "YICHUANG_OPENID_NAME_EN",
        default_value = "Unified identity service"
    )]
    pub name_en: String,
}

/// Which suite the issuer's keys are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Suite {
    /// ECDSA over P-256 with SHA-256.
    Es256,
    /// SM2 with SM3 (国密).
    Sm2,
}

impl Suite {
    /// The suite as the format has it.
    #[must_use]
    pub const fn algorithm(self) -> yichuang_credential::Algorithm {
        match self {
            Self::Es256 => yichuang_credential::Algorithm::Es256,
            Self::Sm2 => yichuang_credential::Algorithm::Sm2,
        }
    }
}

/// How the ID number travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Disclosing {
    /// In full.
    Full,
    /// Masked.
    Masked,
    /// Masked, and sealed for the police.
    Sealed,
}

impl Disclosing {
    /// The same on the wire.
    #[must_use]
    pub const fn disclosure(self) -> yichuang_contract::credential::Disclosure {
        use yichuang_contract::credential::Disclosure;
        match self {
            Self::Full => Disclosure::Full,
            Self::Masked => Disclosure::Masked,
            Self::Sealed => Disclosure::Sealed,
        }
    }
}

/// The temporary electronic ID.
#[derive(Args, Clone, Debug)]
pub struct CredentialSettings {
    /// Folder of the issuer's keys. Default: issuer in the data folder.
    #[arg(long = "issuer-keys", value_name = "DIR", env = "YICHUANG_ISSUER_KEYS")]
    pub issuer_keys: Option<PathBuf>,
    /// Code of the issuing division inside every credential.
    #[arg(
        long = "credential-issuer",
        env = "YICHUANG_CREDENTIAL_ISSUER",
        default_value = "4403"
    )]
    pub division: String,
    /// Suite of a demonstration's keys; others are made with `yichuang issuer ceremony --suite`.
    #[arg(
        long = "credential-suite",
        env = "YICHUANG_CREDENTIAL_SUITE",
        value_enum,
        default_value = "es256"
    )]
    pub credential_suite: Suite,
    /// How the ID number travels.
    #[arg(
        long = "credential-disclosure",
        env = "YICHUANG_CREDENTIAL_DISCLOSURE",
        value_enum,
        default_value = "sealed"
    )]
    pub disclosure: Disclosing,
    /// Life of a credential in hours unless asked otherwise.
    #[arg(long = "credential-hours", env = "YICHUANG_CREDENTIAL_HOURS", default_value_t = 24, value_parser = clap::value_parser!(u16).range(1..=72))]
    pub hours: u16,
    /// Longest life in hours.
    #[arg(long = "credential-hours-at-most", env = "YICHUANG_CREDENTIAL_HOURS_AT_MOST", default_value_t = 72, value_parser = clap::value_parser!(u16).range(1..=72))]
    pub hours_at_most: u16,
    /// Life of a paper in hours.
    #[arg(long = "credential-paper-hours", env = "YICHUANG_CREDENTIAL_PAPER_HOURS", default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=24))]
    pub paper_hours: u16,
    /// How many credentials a person may have issued in a calendar month.
    #[arg(
        long = "credential-issues-a-month",
        env = "YICHUANG_CREDENTIAL_ISSUES_A_MONTH",
        default_value_t = 3
    )]
    pub issues_a_month: u16,
    /// For how many days a check-in is kept, for its desk and its guest.
    #[arg(long = "check-in-days", env = "YICHUANG_CHECK_IN_DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..))]
    pub check_in_days: u16,
}

impl CredentialSettings {
    /// Folder of the issuer's keys.
    #[must_use]
    pub fn folder(&self, data: &std::path::Path) -> PathBuf {
        self.issuer_keys
            .clone()
            .unwrap_or_else(|| data.join("issuer"))
    }

    /// For how long a check-in is kept.
    #[must_use]
    pub fn history_ms(&self) -> i64 {
        i64::from(self.check_in_days) * 86_400_000
    }

    /// Check-ins of before this are erased.
    #[must_use]
    pub fn history_begins_ms(&self, now_ms: i64) -> i64 {
        now_ms - self.history_ms()
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For a person at a terminal.
    Text,
}

/// Settings of `yichuang serve`.
#[derive(Args, Clone, Debug)]
pub struct ServeSettings {
    /// Where the database is.
    #[command(flatten)]
    pub database: DatabaseSettings,
    /// Where the content is.
    #[command(flatten)]
    pub content: ContentSettings,
    /// Who may sign in, and how names are proved.
    #[command(flatten)]
    pub identity: IdentitySettings,
    /// The temporary electronic ID.
    #[command(flatten)]
    pub credential: CredentialSettings,
    /// Address to listen on.
    #[arg(long, env = "YICHUANG_HOST", default_value = "127.0.0.1")]
    pub host: String,
    /// Port to listen on; 0 takes a free one.
    #[arg(long, env = "YICHUANG_PORT", default_value_t = 8080)]
    pub port: u16,
    /// Folder of the built single-page application; the API alone is served if it is left out and
    /// ./dist does not exist.
    #[arg(long, value_name = "DIR", env = "YICHUANG_RELEASE_DIR")]
    pub release_dir: Option<PathBuf>,
    /// Networks of proxies whose X-Forwarded-For is believed, separated by commas.
    #[arg(
        long,
        value_name = "NETWORKS",
        env = "YICHUANG_TRUSTED_PROXIES",
        value_delimiter = ','
    )]
    pub trusted_proxies: Vec<IpNet>,
    /// Networks that may read /metrics, separated by commas.
    #[arg(
        long,
        value_name = "NETWORKS",
        env = "YICHUANG_OPERATORS",
        value_delimiter = ',',
        default_value = "127.0.0.0/8,::1/128"
    )]
    pub operators: Vec<IpNet>,
    /// API requests a second that one client may make for long.
    #[arg(long, env = "YICHUANG_API_RATE", default_value_t = 50)]
    pub api_rate: u32,
    /// API requests that one client may make at once.
    #[arg(long, env = "YICHUANG_API_BURST", default_value_t = 200)]
    pub api_burst: u32,
    /// Requests a second for files that one client may make for long.
    #[arg(long, env = "YICHUANG_FILE_RATE", default_value_t = 500)]
    pub file_rate: u32,
    /// Requests for files that one client may make at once.
    #[arg(long, env = "YICHUANG_FILE_BURST", default_value_t = 3_000)]
    pub file_burst: u32,
    /// Longest time an answer may take.
    #[arg(long, value_name = "SECONDS", env = "YICHUANG_REQUEST_SECONDS", default_value = "15", value_parser = seconds)]
    pub request_time: Duration,
    /// Largest request body.
    #[arg(
        long,
        value_name = "BYTES",
        env = "YICHUANG_BODY_BYTES",
        default_value_t = 65_536
    )]
    pub body_bytes: usize,
    /// Connections at once.
    #[arg(long, env = "YICHUANG_CONNECTIONS", default_value_t = 8_192)]
    pub connections: usize,
    /// How long a stopping server still takes new requests, so that proxies notice.
    #[arg(long, value_name = "SECONDS", env = "YICHUANG_DRAIN_SECONDS", default_value = "1", value_parser = seconds)]
    pub drain_time: Duration,
    /// How long a stopping server waits for answers under way.
    #[arg(long, value_name = "SECONDS", env = "YICHUANG_GRACE_SECONDS", default_value = "25", value_parser = seconds)]
    pub grace_time: Duration,
    /// Which log lines are written, such as `info` or `yichuang_server=debug`.
    #[arg(long, env = "YICHUANG_LOG", default_value = "info")]
    pub log: String,
    /// How log lines look.
    #[arg(long, env = "YICHUANG_LOG_FORMAT", value_enum, default_value = "json")]
    pub log_format: LogFormat,
}

/// Reads a number of seconds, such as `15` or `0.5`.
fn seconds(text: &str) -> Result<Duration, String> {
    text.parse::<f64>()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "expected a number of seconds, such as 15 or 0.5".to_owned())
}
