//! Accounts that an administrator makes: officers, supervisors, members of hotels.

use crate::TestApp;
use yichuang_storage::enrolment;
use yichuang_storage::enterprise::{self, Enterprise, MemberKind, NewMember, Premises};
use yichuang_storage::officer::{self, OfficerKind, OfficerRole};

const LIFE_MS: i64 = 3_600_000;

/// An enrolment code for a new officer.
///
/// # Panics
/// If the database does not answer.
pub async fn officer(app: &TestApp, kind: OfficerKind, department: &str, hall: &str) -> String {
    let code = enrolment::new_code().expect("randomness");
    let role = OfficerRole {
        kind,
        department: department.to_owned(),
        hall: hall.to_owned(),
    };
    let now_ms = app.app.clock.now_ms();
    officer::create(&app.app.database, "Staff", role, &code, now_ms, LIFE_MS)
        .await
        .expect("a new officer");
    code
}

/// A hotel with one premises.
///
/// # Panics
/// If the database does not answer.
pub async fn hotel(app: &TestApp, name: &str, credit_code: &str) -> (Enterprise, Premises) {
    let places = [(format!("{name} One"), "Demonstration Road 1".to_owned())];
    let now_ms = app.app.clock.now_ms();
    let (hotel, mut premises) =
        enterprise::create(&app.app.database, name, credit_code, &places, now_ms)
            .await
            .expect("a new hotel");
    (hotel, premises.remove(0))
}

/// An enrolment code for a new member of an enterprise.
///
/// # Panics
/// If the database does not answer.
pub async fn member(app: &TestApp, enterprise: &Enterprise, kind: MemberKind) -> String {
    let code = enrolment::new_code().expect("randomness");
    let member = NewMember {
        enterprise: enterprise.id,
        label: "Member".to_owned(),
        kind,
        premises: None,
    };
    let now_ms = app.app.clock.now_ms();
    enterprise::add_member(&app.app.database, member, &code, now_ms, LIFE_MS)
        .await
        .expect("a new member");
    code
}
