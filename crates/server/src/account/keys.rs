//! Where the keys come from: an environment variable, or a file that is made at the first start.

use crate::settings::KeySettings;
use std::path::{Path, PathBuf};
use yichuang_storage::Keyring;

/// Name of the key file in the data folder.
const FILE: &str = "keys.json";

/// The file the settings name.
#[must_use]
pub fn file(settings: &KeySettings, data: &Path) -> PathBuf {
    settings.key_file.clone().unwrap_or_else(|| data.join(FILE))
}

/// The keys; also says where they came from. A missing file is made.
///
/// # Errors
/// If they cannot be used.
pub fn open_or_create(settings: &KeySettings, data: &Path) -> anyhow::Result<(Keyring, String)> {
    if let Some(text) = &settings.keys {
        let keys =
            Keyring::from_json(text).map_err(|error| anyhow::anyhow!("YICHUANG_KEYS: {error}"))?;
        return Ok((keys, "from the environment".to_owned()));
    }
    let file = file(settings, data);
    let (keys, is_new) = Keyring::open_or_create(&file)?;
    let said = if is_new {
        format!(
            "new ones in {}, keep a copy away from the database",
            file.display()
        )
    } else {
        format!("from {}", file.display())
    };
    Ok((keys, said))
}

/// The keys that are there already.
///
/// # Errors
/// If there are none or they cannot be used.
pub fn open(settings: &KeySettings, data: &Path) -> anyhow::Result<Keyring> {
    match &settings.keys {
        Some(text) => Ok(Keyring::from_json(text)?),
        None => Ok(Keyring::open(&file(settings, data))?),
    }
}
