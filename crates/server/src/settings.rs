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
        default_value = "data"
    )]
    pub data: PathBuf,
    /// PostgreSQL instead of the embedded database: postgres://user:password@host/name.
    #[arg(
        long,
        value_name = "URL",
        env = "YICHUANG_DATABASE_URL",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
    /// Name of the city's part of the database.
    #[arg(long, env = "YICHUANG_REGION", default_value = "city")]
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
