//! `site.toml`: what a deployment says about itself.

use crate::finding::{At, Log};
use crate::reader::{File, Table};
use std::path::Path;
use yichuang_contract::{BundleCode, ServiceCode, Text};

/// A deployment.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Whether a banner says that the content is made up.
    pub is_demonstration: bool,
    /// The city.
    pub city: Text,
    /// Who runs it.
    pub authority: Text,
    /// Telephone.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// Services the home page offers.
    pub popular: Vec<At<ServiceCode>>,
    /// Bundles the home page offers.
    pub featured_bundles: Vec<At<BundleCode>>,
}

pub(crate) fn read(folder: &Path, log: &Log) -> Site {
    File::read(folder, "site.toml", log, |table: &Table<'_>| Site {
        is_demonstration: table.flag("is_demonstration"),
        city: table.text("city"),
        authority: table.text("authority"),
        phone: table.string("phone").value,
        email: table.string("email").value,
        popular: table.parsed_list("popular"),
        featured_bundles: table.parsed_list("featured_bundles"),
    })
    .unwrap_or_default()
}
