//! Checks of fees.

use super::{dangling, duplicates};
use crate::Content;
use crate::finding::{Kind, Log};
use std::collections::BTreeSet;

pub(super) fn check(content: &Content, log: &Log) {
    let fees = &content.fees;
    duplicates(
        "fee",
        fees.iter().map(|fee| (fee.id.as_str(), &fee.id.place)),
        log,
    );
    let known: BTreeSet<&str> = fees.iter().map(|fee| fee.id.as_str()).collect();
    let mut named = BTreeSet::new();
    for service in &content.services {
        for fee in service.bills.iter().flatten() {
            dangling("fee", fee, known.contains(fee.as_str()), log);
            named.insert(fee.as_str());
        }
        for bill in &service.bills {
            duplicates(
                "fee in one bill",
                bill.iter().map(|fee| (fee.as_str(), &fee.place)),
                log,
            );
        }
        if !service.bills.is_empty() && service.bills.iter().all(Vec::is_empty) {
            log.add(
                &service.place,
                Kind::Contradiction,
                "all `bills` are empty; a free service has no `bills`",
            );
        }
    }
    for fee in fees {
        if !named.contains(fee.id.as_str()) {
            let message = format!(
                "no service charges `{}`; remove it or name it in a bill",
                fee.id.value
            );
            log.add(&fee.id.place, Kind::Dangling, message);
        }
        if fee.rates.is_empty() {
            log.add(
                &fee.id.place,
                Kind::MissingKey,
                format!("`{}` has no [[fee.rates]]; add one", fee.id.value),
            );
        }
        for (number, rate) in fee.rates.iter().enumerate() {
            if rate.from_fen.value > rate.to_fen.value {
                log.add(
                    &rate.from_fen.place,
                    Kind::Contradiction,
                    "`from_fen` is above `to_fen`; swap them",
                );
            }
            if let Some(until) = &rate.valid_until
                && until.value < rate.valid_from
            {
                let message = format!(
                    "ends before it begins ({}); mend one of the days",
                    rate.valid_from
                );
                log.add(&until.place, Kind::ImpossibleDay, message);
            }
            for other in &fee.rates[..number] {
                let other_ends_first = other
                    .valid_until
                    .as_ref()
                    .is_some_and(|until| until.value < rate.valid_from);
                let ends_before_other = rate
                    .valid_until
                    .as_ref()
                    .is_some_and(|until| until.value < other.valid_from);
                if !other_ends_first && !ends_before_other {
                    let message = format!(
                        "two rates of `{}` are in force at once (the other is at {}); end one the day before",
                        fee.id.value, other.place
                    );
                    log.add(&rate.place, Kind::Contradiction, message);
                }
            }
        }
    }
}
