//! `site.toml`: what a deployment says about itself.

use crate::finding::{At, Log};
use crate::reader::{File, Table};
use std::path::Path;
use yichuang_contract::pack::Site;
use yichuang_contract::{BundleCode, ServiceCode};

/// A deployment.
#[derive(Clone, Debug, Default)]
pub struct SiteFile {
    /// Whether a banner says that the content is made up.
    pub is_demonstration: bool,
    /// City and contacts.
    pub site: Site,
    /// Services the home page offers.
    pub popular: Vec<At<ServiceCode>>,
    /// Bundles the home page offers.
    pub featured_bundles: Vec<At<BundleCode>>,
}

pub(crate) fn read(folder: &Path, log: &Log) -> SiteFile {
    File::read(folder, "site.toml", log, |table: &Table<'_>| SiteFile {
        is_demonstration: table.flag("is_demonstration"),
        site: Site {
            city: table.text("city"),
            authority: table.text("authority"),
            phone: table.string("phone").value,
            email: table.string("email").value,
        },
        popular: table.parsed_list("popular"),
        featured_bundles: table.parsed_list("featured_bundles"),
    })
    .unwrap_or_default()
}
