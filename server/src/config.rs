//! The effective configuration: flag over environment over file over default, and where each value came from.

use crate::http::client::Network;
use clap::parser::ValueSource;
use clap::{Args, ValueEnum};
use serde::Deserialize;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The options of every command. What is not said comes from the file, and what is not there from the defaults.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Settings (flag over environment over file over default)")]
pub struct Options {
    /// File with settings in TOML; keys are the options' names with "_" for "-" [default: DATA/synvote.toml, if there]
    #[arg(long, global = true, value_name = "FILE", env = "SYNVOTE_CONFIG")]
    pub config: Option<PathBuf>,
    /// Folder for the database, the pictures and the settings file [default: ./data]
    #[arg(long, global = true, value_name = "FOLDER", env = "SYNVOTE_DATA")]
    pub data: Option<PathBuf>,
    /// Database, "sqlite:PATH" or "postgres://USER:PASSWORD@HOST/NAME" [default: sqlite:DATA/synvote.db]
    #[arg(long, global = true, value_name = "URL", env = "SYNVOTE_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// Address and port to listen on [default: 127.0.0.1:3000]
    #[arg(long, global = true, value_name = "IP:PORT", env = "SYNVOTE_ADDRESS")]
    pub address: Option<SocketAddr>,
    /// Address that browsers use; with https, cookies are Secure and HSTS is sent [default: http://ADDRESS]
    #[arg(long, global = true, value_name = "URL", env = "SYNVOTE_PUBLIC_URL")]
    pub public_url: Option<PublicUrl>,
    /// Proxies whose X-Forwarded-For is believed: addresses or networks, separated by commas [default: none]
    #[arg(
        long,
        global = true,
        value_name = "NETWORKS",
        env = "SYNVOTE_TRUSTED_PROXY",
        value_delimiter = ','
    )]
    pub trusted_proxy: Option<Vec<Network>>,
    /// Who may read /metrics: addresses or networks, separated by commas [default: 127.0.0.0/8,::1]
    #[arg(long, global = true, value_name = "NETWORKS", env = "SYNVOTE_METRICS_FROM", value_delimiter = ',')]
    pub metrics_from: Option<Vec<Network>>,
    /// Connections served at the same time; more wait [default: 2000]
    #[arg(long, global = true, value_name = "N", env = "SYNVOTE_MAX_CONNECTIONS",
          value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub max_connections: Option<u32>,
    /// Shape of log lines on standard error [default: text]
    #[arg(long, global = true, value_name = "FORMAT", env = "SYNVOTE_LOG_FORMAT")]
    pub log_format: Option<LogFormat>,
    /// What is logged, like "info,store=debug" [default: info]
    #[arg(long, global = true, value_name = "FILTER", env = "SYNVOTE_LOG_FILTER")]
    pub log_filter: Option<String>,
}

/// The shape of log lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for machines.
    Json,
}

impl fmt::Display for LogFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::Text { "text" } else { "json" })
    }
}

/// The address that browsers use: scheme, host and perhaps a port, nothing after it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Like `https://vote.example.org`, without a slash at the end: what browsers send as `Origin`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Do browsers come by https?
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    fn of(address: SocketAddr) -> Self {
        if address.ip().is_unspecified() {
            Self(format!("http://127.0.0.1:{}", address.port()))
        } else {
            Self(format!("http://{address}"))
        }
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = text.trim().trim_end_matches('/').to_ascii_lowercase();
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        match host {
            Some(host)
                if !host.is_empty()
                    && !host.contains(|c: char| "/?#@ \"'<>\\".contains(c) || c.is_control()) =>
            {
                Ok(Self(url))
            }
            _ => Err(format!("{text:?} is not of the form https://host or http://host:port, without a path")),
        }
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The command line.
    Flag,
    /// The environment.
    Environment,
    /// The settings file.
    File,
    /// Nobody said anything.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Flag => "flag",
            Self::Environment => "environment",
            Self::File => "file",
            Self::Default => "default",
        })
    }
}

/// A value and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value in force.
    pub value: T,
    /// Where it came from.
    pub source: Source,
}

/// What is in force.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder for database, pictures and settings file.
    pub data: Setting<PathBuf>,
    /// Address of the database; may hold a password.
    pub database: Setting<String>,
    /// Where to listen.
    pub address: Setting<SocketAddr>,
    /// What browsers call us.
    pub public_url: Setting<PublicUrl>,
    /// Proxies whose word about the client's address is taken.
    pub trusted_proxy: Setting<Vec<Network>>,
    /// Who may read metrics.
    pub metrics_from: Setting<Vec<Network>>,
    /// Connections at the same time.
    pub max_connections: Setting<u32>,
    /// Shape of log lines.
    pub log_format: Setting<LogFormat>,
    /// What is logged.
    pub log_filter: Setting<String>,
    /// The settings file that was read, if there was one.
    pub file: Option<PathBuf>,
}

/// Why the configuration can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The settings file can't be read.
    #[error("the settings file {file} can't be read: {source}", file = file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The settings file says something that is not a setting, or not a value of it.
    #[error("the settings file {file} can't be used: {reason}", file = file.display())]
    Unusable {
        /// The file.
        file: PathBuf,
        /// Which key, and what would be right.
        reason: String,
    },
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    database: Option<String>,
    address: Option<SocketAddr>,
    public_url: Option<PublicUrl>,
    trusted_proxy: Option<Vec<Network>>,
    metrics_from: Option<Vec<Network>>,
    max_connections: Option<u32>,
    log_format: Option<LogFormat>,
    log_filter: Option<String>,
}

impl Config {
    /// Puts the layers together. `source_of` says for an option's name whether clap had it from the command line or
    /// from the environment.
    ///
    /// # Errors
    /// A settings file that was asked for and can't be read, or that holds what is no setting.
    pub fn of(
        options: Options,
        source_of: impl Fn(&str) -> Option<ValueSource>,
    ) -> Result<Self, ConfigError> {
        let folder = options.data.clone().unwrap_or_else(|| PathBuf::from("data"));
        let (path, file) = read_file(options.config.clone(), &folder)?;
        let said = |name: &str| match source_of(name) {
            Some(ValueSource::EnvVariable) => Source::Environment,
            _ => Source::Flag,
        };
        macro_rules! layered {
            ($name:ident, $default:expr) => {
                match (options.$name, file.$name) {
                    (Some(value), _) => Setting { value, source: said(stringify!($name)) },
                    (None, Some(value)) => Setting { value, source: Source::File },
                    (None, None) => Setting { value: $default, source: Source::Default },
                }
            };
        }
        let data: Setting<PathBuf> = layered!(data, folder);
        let database = layered!(database, format!("sqlite:{}", data.value.join("synvote.db").display()));
        let address = layered!(address, SocketAddr::from(([127, 0, 0, 1], 3000)));
        let public_url = layered!(public_url, PublicUrl::of(address.value));
        Ok(Self {
            database,
            public_url,
            trusted_proxy: layered!(trusted_proxy, Vec::new()),
            metrics_from: layered!(metrics_from, Network::loopback()),
            max_connections: layered!(max_connections, crate::http::limits::MAX_CONNECTIONS),
            log_format: layered!(log_format, LogFormat::Text),
            log_filter: layered!(log_filter, "info".to_owned()),
            data,
            address,
            file: path,
        })
    }

    /// Folder of the picture files.
    pub fn pictures(&self) -> PathBuf {
        self.data.value.join("images")
    }

    /// Name, value and source of each setting, in the order of the help; secrets as `****`.
    pub fn lines(&self) -> Vec<(&'static str, String, Source)> {
        fn line<T>(
            name: &'static str,
            setting: &Setting<T>,
            show: impl Fn(&T) -> String,
        ) -> (&'static str, String, Source) {
            (name, show(&setting.value), setting.source)
        }
        vec![
            line("data", &self.data, |folder| folder.display().to_string()),
            line("database", &self.database, |url| without_password(url)),
            line("address", &self.address, ToString::to_string),
            line("public_url", &self.public_url, ToString::to_string),
            line("trusted_proxy", &self.trusted_proxy, |networks| listed(networks)),
            line("metrics_from", &self.metrics_from, |networks| listed(networks)),
            line("max_connections", &self.max_connections, ToString::to_string),
            line("log_format", &self.log_format, ToString::to_string),
            line("log_filter", &self.log_filter, Clone::clone),
        ]
    }
}

fn read_file(asked: Option<PathBuf>, data: &Path) -> Result<(Option<PathBuf>, File), ConfigError> {
    let must_be_there = asked.is_some();
    let path = asked.unwrap_or_else(|| data.join("synvote.toml"));
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_be_there => {
            return Ok((None, File::default()));
        }
        Err(source) => return Err(ConfigError::Unreadable { file: path, source }),
    };
    let file: File = toml::from_str(&text).map_err(|error| ConfigError::Unusable {
        file: path.clone(),
        reason: error.to_string().trim().to_owned(),
    })?;
    if file.max_connections == Some(0) {
        let reason = "max_connections is 0; it must be at least 1".to_owned();
        return Err(ConfigError::Unusable { file: path, reason });
    }
    Ok((Some(path), file))
}

fn listed(networks: &[Network]) -> String {
    networks.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// The address of a database with its password, if it holds one, as `****`. Parameters may hold one as well.
pub fn without_password(url: &str) -> String {
    let (start, parameters) =
        url.split_once('?').map_or((url, ""), |(start, parameters)| (start, parameters));
    let parameters: String = if parameters.is_empty() { String::new() } else { "?****".into() };
    let Some((scheme, rest)) = start.split_once("://") else { return format!("{start}{parameters}") };
    let Some((person, place)) = rest.rsplit_once('@') else { return format!("{start}{parameters}") };
    let person = person.split_once(':').map_or(person.to_owned(), |(name, _)| format!("{name}:****"));
    format!("{scheme}://{person}@{place}{parameters}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_file(text: &str, options: Options) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("synvote.toml"), text).unwrap();
        let options = Options { data: Some(folder.path().to_owned()), ..options };
        Config::of(options, |name| (name == "address").then_some(ValueSource::EnvVariable))
    }

    #[test]
    fn flag_and_environment_win_over_the_file_and_the_file_over_the_default() {
        let options = Options {
            address: Some("127.0.0.1:4000".parse().unwrap()),
            log_filter: Some("warn".into()),
            ..Options::default()
        };
        let text = "address = '127.0.0.1:5000'\nlog_filter = 'debug'\nmax_connections = 7";
        let config = from_file(text, options).unwrap();
        assert_eq!(
            config.address,
            Setting { value: "127.0.0.1:4000".parse().unwrap(), source: Source::Environment }
        );
        assert_eq!(config.log_filter, Setting { value: "warn".into(), source: Source::Flag });
        assert_eq!(config.max_connections, Setting { value: 7, source: Source::File });
        assert_eq!(config.log_format, Setting { value: LogFormat::Text, source: Source::Default });
        assert_eq!(config.public_url.value.as_str(), "http://127.0.0.1:4000");
    }

    #[test]
    fn an_unknown_key_is_refused_by_key_and_file() {
        let refused = from_file("adress = '127.0.0.1:5000'", Options::default()).unwrap_err().to_string();
        assert!(refused.contains("adress") && refused.contains("synvote.toml"), "{refused}");
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_refused_by_key() {
        let refused =
            from_file("trusted_proxy = ['10.0.0.0/99']", Options::default()).unwrap_err().to_string();
        assert!(refused.contains("trusted_proxy") && refused.contains("10.0.0.0/99"), "{refused}");
    }

    #[test]
    fn a_file_that_was_asked_for_must_be_there() {
        let options = Options { config: Some("no/such/file.toml".into()), ..Options::default() };
        assert!(matches!(from_file("", options), Err(ConfigError::Unreadable { .. })));
    }

    #[test]
    fn a_password_is_never_shown() {
        let shown = |url: &str| {
            let options = Options { database: Some(url.to_owned()), ..Options::default() };
            let config = from_file("", options).unwrap();
            config.lines().into_iter().find(|(name, ..)| *name == "database").unwrap().1
        };
        assert_eq!(shown("postgres://ann:se@cret@db/votes"), "postgres://ann:****@db/votes");
        assert_eq!(shown("postgres://db/votes?password=secret"), "postgres://db/votes?****");
        assert_eq!(shown("sqlite:data/synvote.db"), "sqlite:data/synvote.db");
    }

    #[test]
    fn a_public_url_has_no_path_and_no_trailing_slash() {
        assert_eq!(
            "https://Vote.example.org/".parse::<PublicUrl>().unwrap().as_str(),
            "https://vote.example.org"
        );
        for wrong in ["vote.example.org", "ftp://a", "https://", "https://a/b", "https://a?b", "https://me@a"]
        {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong}");
        }
    }
}
