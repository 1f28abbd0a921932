//! The ring of keys: a small JSON file outside the database, readable by the server's user only, or
//! the same JSON in an environment variable.

use super::random;
use crate::Error;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use zeroize::{Zeroize, ZeroizeOnDrop};

const KEY_BYTES: usize = 32;

/// Keys in memory; wiped when they are no longer used.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Keyring {
    sealing: Vec<(u32, [u8; KEY_BYTES])>,
    index: [u8; KEY_BYTES],
    log: [u8; KEY_BYTES],
}

/// Keys in the file. All are base64.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// Keys that seal values; the last is the one in use.
    sealing: Vec<WrittenKey>,
    /// Key of the blind index.
    index: String,
    /// Key that signs checkpoints of the access log.
    log: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenKey {
    number: u32,
    key: String,
}

impl Keyring {
    /// New keys.
    ///
    /// # Errors
    /// If the machine gives no randomness.
    pub fn generate() -> Result<Self, Error> {
        // Any 32 bytes below the group order are a key of P-256; nearly all are.
        let log = loop {
            let bytes = random()?;
            if p256::ecdsa::SigningKey::from_slice(&bytes).is_ok() {
                break bytes;
            }
        };
        Ok(Self {
            sealing: vec![(1, random()?)],
            index: random()?,
            log,
        })
    }

    /// The keys of a file; the file is made with new keys if it is missing. Returns whether it was.
    ///
    /// # Errors
    /// If the file can be read by others, is none of ours, or cannot be written.
    pub fn open_or_create(file: &Path) -> Result<(Self, bool), Error> {
        if file.exists() {
            return Ok((Self::open(file)?, false));
        }
        if let Some(folder) = file.parent().filter(|folder| *folder != Path::new("")) {
            std::fs::create_dir_all(folder).map_err(|reason| unwritable(file, reason))?;
        }
        let ring = Self::generate()?;
        let mut target = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(file)
            .map_err(|reason| unwritable(file, reason))?;
        target
            .write_all(ring.to_json().as_bytes())
            .and_then(|()| target.sync_all())
            .map_err(|reason| unwritable(file, reason))?;
        Ok((ring, true))
    }

    /// The keys of a file.
    ///
    /// # Errors
    /// If it is missing, can be read by others, or is none of ours.
    pub fn open(file: &Path) -> Result<Self, Error> {
        let failed = |reason| Error::File {
            path: file.to_owned(),
            reason,
        };
        let mode = std::fs::metadata(file)
            .map_err(failed)?
            .permissions()
            .mode();
        if mode & 0o077 != 0 {
            return Err(Error::Keys(format!(
                "others may read the key file {} (mode {:03o}); chmod 600 it, and rotate the keys if somebody could have seen them",
                file.display(),
                mode & 0o777
            )));
        }
        let mut text = std::fs::read_to_string(file).map_err(failed)?;
        let ring = Self::from_json(&text).map_err(|error| match error {
            Error::Keys(reason) => Error::Keys(format!("{}: {reason}", file.display())),
            other => other,
        });
        text.zeroize();
        ring
    }

    /// Writes the keys over the file: the new file takes the old one's place in one step.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn save(&self, file: &Path) -> Result<(), Error> {
        let failed = |reason| unwritable(file, reason);
        let mut name = file.as_os_str().to_owned();
        name.push(".new");
        let new = Path::new(&name);
        let _ = std::fs::remove_file(new);
        let mut target = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(new)
            .map_err(failed)?;
        target
            .write_all(self.to_json().as_bytes())
            .and_then(|()| target.sync_all())
            .and_then(|()| std::fs::rename(new, file))
            .map_err(failed)
    }

    /// The keys of a JSON text.
    ///
    /// # Errors
    /// If it is none of ours.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        // What serde says could quote a key.
        let written: Written = serde_json::from_str(text)
            .map_err(|_| Error::Keys("this is no ring of keys".to_owned()))?;
        let mut sealing = Vec::new();
        for key in &written.sealing {
            if sealing.iter().any(|(number, _)| *number == key.number) {
                return Err(Error::Keys(format!("key {} stands twice", key.number)));
            }
            sealing.push((key.number, decode(&key.key)?));
        }
        Ok(Self {
            sealing,
            index: decode(&written.index)?,
            log: decode(&written.log)?,
        })
    }

    /// The keys as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let written = Written {
            sealing: self
                .sealing
                .iter()
                .map(|(number, key)| WrittenKey {
                    number: *number,
                    key: STANDARD.encode(key),
                })
                .collect(),
            index: STANDARD.encode(self.index),
            log: STANDARD.encode(self.log),
        };
        // Strings and numbers can always be written.
        serde_json::to_string_pretty(&written).unwrap_or_default() + "\n"
    }

    /// Adds a key to seal with; older ones still open.
    ///
    /// # Errors
    /// If the machine gives no randomness.
    pub fn add_sealing_key(&mut self) -> Result<u32, Error> {
        let number = self.sealing.iter().map(|(number, _)| number).max();
        let number = number.map_or(1, |number| number + 1);
        self.sealing.push((number, random()?));
        Ok(number)
    }

    /// Forgets all sealing keys but the newest.
    pub fn keep_newest_sealing_key(&mut self) {
        if let Some(newest) = self.sealing.last().copied() {
            self.sealing.zeroize();
            self.sealing.push(newest);
        }
    }

    pub(super) fn sealing(&self) -> impl Iterator<Item = (u32, &[u8])> {
        self.sealing
            .iter()
            .map(|(number, key)| (*number, key.as_slice()))
    }

    pub(super) fn index(&self) -> &[u8] {
        &self.index
    }

    pub(super) fn log(&self) -> &[u8] {
        &self.log
    }
}

fn decode(text: &str) -> Result<[u8; KEY_BYTES], Error> {
    STANDARD
        .decode(text)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| Error::Keys("a key is not 32 bytes in base64".to_owned()))
}

fn unwritable(file: &Path, reason: std::io::Error) -> Error {
    Error::File {
        path: file.to_owned(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_once_for_its_owner_only_and_refused_when_others_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys.json");
        let (made, is_new) = Keyring::open_or_create(&file).unwrap();
        assert!(is_new);
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let (read, is_new) = Keyring::open_or_create(&file).unwrap();
        assert!(!is_new);
        assert_eq!(made.to_json(), read.to_json());
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let error = Keyring::open(&file).err().unwrap().to_string();
        assert!(error.contains("chmod 600"), "{error}");
    }

    #[test]
    fn a_broken_file_is_refused_without_quoting_it() {
        for text in [
            "",
            "{}",
            r#"{"sealing":[{"number":1,"key":"c2VjcmV0"}],"index":"c2VjcmV0","log":"c2VjcmV0"}"#,
            r#"{"sealing":"c2VjcmV0","index":1,"log":2}"#,
        ] {
            let error = Keyring::from_json(text).err().unwrap().to_string();
            assert!(!error.contains("c2VjcmV0"), "{error}");
        }
    }
}
