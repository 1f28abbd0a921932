//! About: what this is, what it does with data, where its facts come from, how to report a fault.

use crate::ui::PageHeading;
use leptos::prelude::*;

/// The page.
pub fn page() -> AnyView {
    view! {
        <article class="yc-prose">
            <PageHeading title=tr!(about.title) />
            <p class="yc-lead">{tr!(about.lead)}</p>
            <h2 id="demonstration">{tr!(about.demonstration.title)}</h2>
            <p>{tr!(about.demonstration.text)}</p>
            <h2 id="privacy">{tr!(about.privacy.title)}</h2>
            <p>{tr!(about.privacy.answers)}</p>
            <p>{tr!(about.privacy.device)}</p>
            <p>{tr!(about.privacy.report)}</p>
            <h2 id="sources">{tr!(about.sources.title)}</h2>
            <p>{tr!(about.sources.text)}</p>
            <p>{tr!(about.sources.unsure)}</p>
            <h2 id="accessibility">{tr!(about.accessibility.title)}</h2>
            <p>{tr!(about.accessibility.text)}</p>
            <p>{tr!(about.accessibility.limits)}</p>
            <h2 id="offline">{tr!(about.offline.title)}</h2>
            <p>{tr!(about.offline.text)}</p>
            <h2 id="source-code">{tr!(about.open.title)}</h2>
            <p>{tr!(about.open.text)}</p>
            <p>
                <a href="/api/v1/docs" rel="external">
                    {tr!(about.open.api)}
                </a>
            </p>
            <h2 id="report">{tr!(about.report.title)}</h2>
            <p>{tr!(about.report.text)}</p>
        </article>
    }
    .into_any()
}
