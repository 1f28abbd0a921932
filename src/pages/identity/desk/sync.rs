//! With a network: newer lists come, check-ins go, once each.

use super::state::{DeskState, KIT};
use crate::identity::browser;
use crate::identity::call::{CallError, call, call_at, path_of};
use leptos::prelude::*;
use leptos::task::spawn_local;
use yichuang_contract::credential::GetTrust;
use yichuang_contract::desk::{
    CHECK_INS_AT_MOST, CheckInBatch, CheckInDraft, CheckInResult, GetDeskSetup, RecordCheckIns,
};
use yichuang_credential_browser::message::DeskKit;

/// What the server found about a check-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The check-in.
    pub check_in: CheckInDraft,
    /// What was found.
    pub result: CheckInResult,
}

/// Sends and fetches; nothing happens without a network.
pub fn start(desk: DeskState) {
    if desk.is_sending.get_value() {
        return;
    }
    desk.is_sending.set_value(true);
    spawn_local(async move {
        let sent = send(desk).await;
        let fetched = fetch(desk).await;
        let outcome = sent.and(fetched);
        let refused = |error: &CallError| match error {
            CallError::Problem(problem) => matches!(problem.status, 401 | 403),
            _ => false,
        };
        match outcome {
            Ok(()) => {
                desk.is_refused.try_set(false);
            }
            Err(error) => {
                if refused(&error) {
                    desk.is_refused.try_set(true);
                }
            }
        }
        desk.count_waiting().await;
        desk.is_sending.try_set_value(false);
    });
}

/// The check-ins that wait on this device, the oldest first.
pub async fn queued() -> Vec<CheckInDraft> {
    #[derive(serde::Deserialize)]
    struct Entry {
        record: String,
    }
    let Ok(text) = browser::text("queued", &[]).await else {
        return Vec::new();
    };
    let entries: Vec<Entry> = serde_json::from_str(&text).unwrap_or_default();
    let mut drafts: Vec<CheckInDraft> = entries
        .iter()
        .filter_map(|entry| serde_json::from_str(&entry.record).ok())
        .collect();
    drafts.sort_by_key(|draft| draft.at_ms);
    drafts
}

/// Sends what waits. A batch that was cut off is sent again with the same keys, so each check-in
/// counts once; what the server has answered is dropped here.
async fn send(desk: DeskState) -> Result<(), CallError> {
    let Some(view) = desk.view.get_untracked() else {
        return Ok(());
    };
    let path = path_of::<RecordCheckIns>(&[&view.id]);
    loop {
        let mut check_ins = queued().await;
        check_ins.truncate(CHECK_INS_AT_MOST);
        if check_ins.is_empty() {
            return Ok(());
        }
        let batch = CheckInBatch {
            check_ins: check_ins.clone(),
            sent_ms: js_sys::Date::now() as i64,
        };
        let receipt = call_at::<RecordCheckIns>(&path, &batch).await?;
        set_time(desk, receipt.now_ms).await;
        if receipt.outcomes.is_empty() {
            return Ok(());
        }
        for outcome in receipt.outcomes {
            browser::call("dequeue", &[outcome.key.as_str().into()]).await?;
            let sent = check_ins.iter().find(|draft| draft.key == outcome.key);
            if let (Some(check_in), true) = (sent, outcome.result != CheckInResult::Recorded) {
                found(desk, check_in.clone(), outcome.result).await?;
            }
        }
    }
}

async fn found(
    desk: DeskState,
    check_in: CheckInDraft,
    result: CheckInResult,
) -> Result<(), CallError> {
    if result == CheckInResult::UsedElsewhere {
        let values = [
            check_in.credential.as_str().into(),
            wasm_bindgen::JsValue::NULL,
            browser::now().into(),
            false.into(),
        ];
        browser::call("remember", &values).await?;
    }
    desk.findings
        .try_update(|findings| findings.push(Finding { check_in, result }));
    Ok(())
}

/// Fetches the lists and the rules. The roots stay those of the set-up: a list signed by others is
/// refused by the worker.
async fn fetch(desk: DeskState) -> Result<(), CallError> {
    let Some(mut kit) = browser::kept_as::<DeskKit>(KIT).await else {
        return Ok(());
    };
    let trust = call::<GetTrust>(&()).await?;
    set_time(desk, trust.now_ms).await;
    let lists = [
        trust.trust_list.as_str().into(),
        trust.status_list.as_str().into(),
    ];
    let view = browser::ask("desk-renew", &lists).await?;
    desk.view.try_set(Some(view));
    kit.trust = trust.trust_list;
    kit.status = Some(trust.status_list);
    let path = path_of::<GetDeskSetup>(&[&kit.premises]);
    let setup = call_at::<GetDeskSetup>(&path, &()).await;
    if let Ok(setup) = &setup
        && kit.policy != setup.policy
    {
        kit.policy = setup.policy.clone();
        desk.use_kit(&kit).await?;
    }
    browser::keep_as(KIT, &kit).await;
    setup.map(drop)
}

/// Learns how far this device's clock is off.
async fn set_time(desk: DeskState, server_ms: i64) {
    let server_ms = server_ms as f64;
    desk.skew
        .try_set((server_ms - js_sys::Date::now()) / 1000.0);
    let _ = browser::call("setServerTime", &[server_ms.into()]).await;
    desk.now.try_set(browser::now());
}
