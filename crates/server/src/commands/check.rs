//! `yichuang check`.

use super::print_tables;
use crate::content;
use crate::settings::{ContentSettings, DatabaseSettings};
use clap::Args;
use yichuang_storage::{Database, Location, migration, portable};

/// Arguments of the command.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    database: DatabaseSettings,
    #[command(flatten)]
    content: ContentSettings,
}

/// Checks the database and the content. Everything found is printed; the command fails if
/// anything was.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let database = check_database(&arguments.database).await;
    let content = check_content(&arguments.content);
    for finding in [database.as_ref().err(), content.as_ref().err()]
        .into_iter()
        .flatten()
    {
        println!("{finding:#}");
    }
    anyhow::ensure!(
        database.is_ok() && content.is_ok(),
        "the check found something; see above"
    );
    println!("everything is sound");
    Ok(())
}

async fn check_database(settings: &DatabaseSettings) -> anyhow::Result<()> {
    let location = settings.location()?;
    if let Location::File(file) = &location {
        anyhow::ensure!(
            file.exists(),
            "there is no database at {}; start the server once, or restore a backup",
            file.display()
        );
    }
    let database = Database::open(location, &settings.region).await?;
    portable::integrity(&database).await?;
    let newest = migration::check(&database).await?;
    println!(
        "database {} ({}): sound, migration {newest}",
        database.location().for_people(),
        database.engine().name()
    );
    print_tables(&portable::summary(&database).await?);
    database.close().await?;
    Ok(())
}

fn check_content(settings: &ContentSettings) -> anyhow::Result<()> {
    match content::read(&settings.content) {
        Ok(packs) => {
            println!(
                "content {}: sound, version {}, {} services",
                settings.content.display(),
                packs.version,
                packs.services.len()
            );
            Ok(())
        }
        Err(content::Error::Findings { findings, .. }) => {
            for finding in &findings {
                println!("{finding}");
            }
            anyhow::bail!(
                "content {}: {} findings",
                settings.content.display(),
                findings.len()
            )
        }
        Err(error) => Err(error.into()),
    }
}
