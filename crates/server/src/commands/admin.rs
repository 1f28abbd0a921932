//! `yichuang admin …`: accounts that nobody can open for themselves.

use crate::account::STAFF_CODE_LIFE_MS;
use crate::clock::Clock;
use crate::routes::ENROLMENT_PATH;
use crate::settings::DatabaseSettings;
use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use yichuang_contract::service::Department;
use yichuang_domain::identity::is_credit_code;
use yichuang_storage::enterprise::{self, Enterprise, MemberKind, NewMember, Premises};
use yichuang_storage::officer::{self, OfficerKind, OfficerRole};
use yichuang_storage::{Database, enrolment, migration};

/// Arguments of the command.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    act: Act,
    /// Address under which browsers see the server; begins the printed links.
    #[arg(
        long,
        value_name = "URL",
        env = "YICHUANG_ORIGIN",
        default_value = "http://localhost:8080",
        global = true
    )]
    origin: String,
    #[command(flatten)]
    database: DatabaseSettings,
}

#[derive(Subcommand)]
enum Act {
    /// An officer or supervisor of a department. For one who exists, a new link is made: using it
    /// ends the passkeys of before.
    Officer {
        /// What the account is called, such as "Window 3"; not a person's name.
        #[arg(long)]
        label: String,
        /// The department, such as household.
        #[arg(long)]
        department: String,
        /// The hall (a service point such as NS-001); all halls if left out.
        #[arg(long, default_value = "")]
        hall: String,
        /// As what.
        #[arg(long, value_enum, default_value = "officer")]
        role: Office,
    },
    /// An enterprise with its premises, and a link for its owner.
    Enterprise {
        /// Name.
        #[arg(long)]
        name: String,
        /// Unified social credit code (统一社会信用代码).
        #[arg(long)]
        credit_code: String,
        /// Premises as "name|address"; may be given several times.
        #[arg(long = "premises", value_name = "NAME|ADDRESS")]
        premises: Vec<String>,
        /// What the owner's account is called.
        #[arg(long, default_value = "负责人")]
        owner: String,
    },
    /// A member of an enterprise that exists.
    Member {
        /// The enterprise's unified social credit code.
        #[arg(long)]
        credit_code: String,
        /// What the account is called, such as "Front desk 2".
        #[arg(long)]
        label: String,
        /// As what.
        #[arg(long, value_enum, default_value = "front-desk")]
        role: Membership,
        /// Name of the premises; all if left out.
        #[arg(long)]
        premises: Option<String>,
    },
    /// An officer, a supervisor and a hotel with owner and clerk, to try with.
    Demonstration,
}

#[derive(Clone, Copy, ValueEnum)]
enum Office {
    Officer,
    Supervisor,
}

#[derive(Clone, Copy, ValueEnum)]
enum Membership {
    Owner,
    Clerk,
    FrontDesk,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let location = arguments.database.location()?;
    let database = Database::open(location, &arguments.database.region).await?;
    let now_ms = Clock::system().now_ms();
    migration::migrate(&database, now_ms).await?;
    let office = Registry {
        database: &database,
        origin: arguments.origin.trim_end_matches('/'),
        now_ms,
    };
    match arguments.act {
        Act::Officer {
            label,
            department,
            hall,
            role,
        } => office.officer(&label, &department, &hall, role).await?,
        Act::Enterprise {
            name,
            credit_code,
            premises,
            owner,
        } => {
            let (firm, _) = office.enterprise(&name, &credit_code, &premises).await?;
            office
                .member(&firm, &owner, MemberKind::Owner, None)
                .await?;
        }
        Act::Member {
            credit_code,
            label,
            role,
            premises,
        } => {
            let firm = enterprise::find(&database, &credit_code)
                .await?
                .with_context(|| format!("no enterprise has the credit code {credit_code}"))?;
            let place = match premises {
                None => None,
                Some(name) => Some(office.premises(&firm, &name).await?),
            };
            let kind = match role {
                Membership::Owner => MemberKind::Owner,
                Membership::Clerk => MemberKind::Clerk,
                Membership::FrontDesk => MemberKind::FrontDesk,
            };
            office.member(&firm, &label, kind, place).await?;
        }
        Act::Demonstration => office.demonstration().await?,
    }
    database.close().await?;
    Ok(())
}

struct Registry<'a> {
    database: &'a Database,
    origin: &'a str,
    now_ms: i64,
}

impl Registry<'_> {
    fn print(&self, who: &str, code: &str) {
        println!("{who}: {}{ENROLMENT_PATH}#{code}", self.origin);
    }

    async fn officer(
        &self,
        label: &str,
        department: &str,
        hall: &str,
        role: Office,
    ) -> anyhow::Result<()> {
        let known: Vec<&str> = Department::ALL.iter().map(|known| known.id()).collect();
        anyhow::ensure!(
            known.contains(&department),
            "there is no department {department}; choose one of {}",
            known.join(", ")
        );
        let code = enrolment::new_code()?;
        let kind = match role {
            Office::Officer => OfficerKind::Officer,
            Office::Supervisor => OfficerKind::Supervisor,
        };
        let role = OfficerRole {
            kind,
            department: department.to_owned(),
            hall: hall.to_owned(),
        };
        officer::create(
            self.database,
            label,
            role,
            &code,
            self.now_ms,
            STAFF_CODE_LIFE_MS,
        )
        .await?;
        self.print(&format!("{label} ({}, {department})", kind.id()), &code);
        Ok(())
    }

    async fn enterprise(
        &self,
        name: &str,
        credit_code: &str,
        premises: &[String],
    ) -> anyhow::Result<(Enterprise, Vec<Premises>)> {
        anyhow::ensure!(
            is_credit_code(credit_code),
            "{credit_code} is no unified social credit code: its last character does not fit"
        );
        let places = premises
            .iter()
            .map(|text| {
                text.split_once('|')
                    .map(|(name, address)| (name.trim().to_owned(), address.trim().to_owned()))
                    .with_context(|| format!("--premises {text}: expected name|address"))
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        Ok(enterprise::create(self.database, name, credit_code, &places, self.now_ms).await?)
    }

    async fn premises(&self, firm: &Enterprise, name: &str) -> anyhow::Result<Premises> {
        enterprise::premises_of(self.database, firm.id)
            .await?
            .into_iter()
            .find(|place| place.name == name)
            .with_context(|| format!("{} has no premises {name}", firm.name))
    }

    async fn member(
        &self,
        firm: &Enterprise,
        label: &str,
        kind: MemberKind,
        place: Option<Premises>,
    ) -> anyhow::Result<()> {
        let code = enrolment::new_code()?;
        let member = NewMember {
            enterprise: firm.id,
            label: label.to_owned(),
            kind,
            premises: place.map(|place| place.id),
        };
        enterprise::add_member(
            self.database,
            member,
            &code,
            self.now_ms,
            STAFF_CODE_LIFE_MS,
        )
        .await?;
        self.print(&format!("{label} ({}, {})", kind.id(), firm.name), &code);
        Ok(())
    }

    async fn demonstration(&self) -> anyhow::Result<()> {
        println!("One-time enrolment links of the demonstration (open one in a browser):");
        self.officer("演示民警", "household", "", Office::Officer)
            .await?;
        self.officer("演示督导", "household", "", Office::Supervisor)
            .await?;
        let places = ["示例旅馆（东溪店）|示例市东溪区示范路1号".to_owned()];
        let (hotel, mut rooms) = self
            .enterprise("示例旅馆管理有限公司", DEMONSTRATION_HOTEL, &places)
            .await?;
        self.member(&hotel, "演示旅馆负责人", MemberKind::Owner, None)
            .await?;
        let place = (!rooms.is_empty()).then(|| rooms.remove(0));
        self.member(&hotel, "演示旅馆前台", MemberKind::FrontDesk, place)
            .await
    }
}

/// A credit code of a region that does not exist (990101), with a fitting check character.
const DEMONSTRATION_HOTEL: &str = "91990101MA0000000U";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demonstration_hotel_has_a_valid_code_of_no_real_place() {
        assert!(is_credit_code(DEMONSTRATION_HOTEL));
        assert_eq!(&DEMONSTRATION_HOTEL[2..4], "99");
    }
}
