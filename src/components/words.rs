//! The words for the values of the catalogue: trips, days, money, forms, deliveries.

use yichuang_contract::Language;
use yichuang_contract::guide::OutcomeKind;
use yichuang_contract::service::{Delivery, Department, Handling, PaperForm, ServiceSummary};

/// Visits to a counter (跑动次数).
#[must_use]
pub fn trips(language: Language, trips: u8) -> String {
    match trips {
        0 => tr_in!(language, service.facts.no_trip).to_owned(),
        1 => tr_in!(language, service.facts.one_trip).to_owned(),
        count => tr_in!(language, service.facts.trips, count = count),
    }
}

/// A number of working days.
#[must_use]
pub fn working_days(language: Language, days: u16) -> String {
    match days {
        0 => tr_in!(language, service.facts.instant).to_owned(),
        1 => tr_in!(language, service.facts.one_day).to_owned(),
        count => tr_in!(language, service.facts.days, count = count),
    }
}

/// How long the office takes by its own promise.
#[must_use]
pub fn promise(language: Language, service: &ServiceSummary) -> String {
    match service.handling {
        Handling::Instant => working_days(language, 0),
        Handling::Promised => working_days(language, service.promised_days),
    }
}

/// Fen as yuan: whole yuan without decimals, else two.
#[must_use]
pub fn yuan(fen: u32) -> String {
    match fen % 100 {
        0 => (fen / 100).to_string(),
        rest => format!("{}.{rest:02}", fen / 100),
    }
}

/// A fee or a span of fees; free if it is always nothing.
#[must_use]
pub fn fee(language: Language, from_fen: u32, to_fen: u32) -> String {
    if to_fen == 0 {
        return tr_in!(language, service.facts.free).to_owned();
    }
    amount(language, from_fen, to_fen)
}

/// An amount or a span of amounts.
#[must_use]
pub fn amount(language: Language, from_fen: u32, to_fen: u32) -> String {
    if from_fen == to_fen {
        tr_in!(language, service.facts.fee, amount = yuan(from_fen))
    } else {
        tr_in!(
            language,
            service.facts.fee_range,
            from = yuan(from_fen),
            to = yuan(to_fen)
        )
    }
}

/// The name of a department.
#[must_use]
pub fn department(language: Language, department: Department) -> &'static str {
    match department {
        Department::Household => tr_in!(language, service.department.household),
        Department::ExitEntry => tr_in!(language, service.department.exit_entry),
        Department::Traffic => tr_in!(language, service.department.traffic),
        Department::PublicOrder => tr_in!(language, service.department.public_order),
        Department::Cyber => tr_in!(language, service.department.cyber),
        Department::Video => tr_in!(language, service.department.video),
        Department::AntiDrug => tr_in!(language, service.department.anti_drug),
        Department::Criminal => tr_in!(language, service.department.criminal),
    }
}

/// What to do about a material of this form, in a few words.
#[must_use]
pub fn form(language: Language, form: PaperForm) -> &'static str {
    match form {
        PaperForm::Original => tr_in!(language, service.form.original),
        PaperForm::Copy => tr_in!(language, service.form.copy),
        PaperForm::ECert => tr_in!(language, service.form.e_cert),
        PaperForm::Form => tr_in!(language, service.form.form),
    }
}

/// What happens to a material of this form.
#[must_use]
pub fn form_hint(language: Language, form: PaperForm) -> &'static str {
    match form {
        PaperForm::Original => tr_in!(language, service.form.original_hint),
        PaperForm::Copy => tr_in!(language, service.form.copy_hint),
        PaperForm::ECert => tr_in!(language, service.form.e_cert_hint),
        PaperForm::Form => tr_in!(language, service.form.form_hint),
    }
}

/// What to do about a material of a service with this many visits: without a visit nothing is
/// brought anywhere.
#[must_use]
pub fn paper(language: Language, paper: PaperForm, trips: u8) -> &'static str {
    match (paper, trips) {
        (PaperForm::Original, 0) => tr_in!(language, service.form.original_online),
        (PaperForm::Copy, 0) => tr_in!(language, service.form.copy_online),
        _ => form(language, paper),
    }
}

/// What happens to a material of a service with this many visits.
#[must_use]
pub fn paper_hint(language: Language, paper: PaperForm, trips: u8) -> &'static str {
    match (paper, trips) {
        (PaperForm::Original, 0) => tr_in!(language, service.form.original_online_hint),
        (PaperForm::Copy, 0) => tr_in!(language, service.form.copy_online_hint),
        _ => form_hint(language, paper),
    }
}

/// The class of the words of a form.
#[must_use]
pub const fn form_class(form: PaperForm) -> &'static str {
    match form {
        PaperForm::Original => "yc-form-word yc-form-word--original",
        PaperForm::Copy => "yc-form-word yc-form-word--copy",
        PaperForm::ECert => "yc-form-word yc-form-word--e-cert",
        PaperForm::Form => "yc-form-word yc-form-word--form",
    }
}

/// A way the result reaches the applicant (送达方式).
#[must_use]
pub fn delivery(language: Language, delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Post => tr_in!(language, service.result.post),
        Delivery::Counter => tr_in!(language, service.result.counter),
        Delivery::Terminal => tr_in!(language, service.result.terminal),
        Delivery::Electronic => tr_in!(language, service.result.electronic),
    }
}

/// The kind of an outcome (结果).
#[must_use]
pub fn outcome(language: Language, kind: OutcomeKind) -> &'static str {
    match kind {
        OutcomeKind::Eligible => tr_in!(language, guide.outcome.eligible),
        OutcomeKind::NotYet => tr_in!(language, guide.outcome.not_yet),
        OutcomeKind::NotEligible => tr_in!(language, guide.outcome.not_eligible),
        OutcomeKind::OtherRoute => tr_in!(language, guide.outcome.other_route),
        OutcomeKind::OtherOffice => tr_in!(language, guide.outcome.other_office),
    }
}

/// What stands between the parts of an enumeration.
#[must_use]
pub const fn separator(language: Language) -> &'static str {
    match language {
        Language::Chinese => "、",
        Language::English => ", ",
    }
}

/// Today on this device, as an ISO 8601 date.
#[must_use]
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    format!(
        "{:04}-{:02}-{:02}",
        now.get_full_year(),
        now.get_month() + 1,
        now.get_date()
    )
}

/// An ISO 8601 date as people write it, by the browser's own words; the text itself if it is none.
#[must_use]
pub fn date(language: Language, iso: &str) -> String {
    let mut parts = iso.splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let (Some(Some(year)), Some(Some(month)), Some(Some(day))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return iso.to_owned();
    };
    // Noon, so that no time zone turns it into the day before.
    let date = js_sys::Date::new_0();
    date.set_hours(12);
    date.set_full_year_with_month_date(u32::try_from(year).unwrap_or_default(), month - 1, day);
    let options = js_sys::Object::new();
    for (name, value) in [("year", "numeric"), ("month", "long"), ("day", "numeric")] {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    let locale = match language {
        Language::Chinese => "zh-CN",
        Language::English => "en-GB",
    };
    date.to_locale_date_string(locale, &options).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_yuan_have_no_decimals() {
        assert_eq!(yuan(0), "0");
        assert_eq!(yuan(12_000), "120");
        assert_eq!(yuan(1_050), "10.50");
        assert_eq!(yuan(5), "0.05");
    }

    #[test]
    fn a_span_of_fees_names_both_ends_and_nothing_is_free() {
        assert_eq!(fee(Language::English, 0, 0), "Free");
        assert_eq!(fee(Language::English, 2_000, 2_000), "CNY 20");
        assert_eq!(fee(Language::Chinese, 0, 4_000), "0 至 40 元");
    }
}
