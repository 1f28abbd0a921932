//! Every base component with examples, for whoever builds pages; audited like every other page.

use crate::locale::localized;
use crate::ui::{
    Button, ButtonKind, Checkbox, Dialog, Empty, ErrorSummary, Failure, Field, FieldError, Icon,
    IconName, LinkButton, Loadable, LoadableView, Notification, NotificationKind, PageHeading,
    RadioGroup, RadioOption, Tag, TagKind,
};
use leptos::prelude::*;
use yichuang_contract::Text;

/// The page.
pub fn page() -> AnyView {
    view! {
        <PageHeading title=say("界面样例", "Component examples") />
        {example("Button, LinkButton", buttons())}
        {example("Tag", tags())}
        {example("Icon", icons())}
        {example("Notification", notifications())}
        {example("Field, ErrorSummary", fields())}
        {example("RadioGroup", radio())}
        {example("Checkbox", checkbox())}
        {example("Dialog", dialog())}
        {example("LoadableView", loadable())}
        {example("Empty", empty())}
    }
    .into_any()
}

/// The words of the examples stand here and not in content/locales: nobody translates them further.
fn say(zh: &str, en: &str) -> Signal<String> {
    localized(Text::new(zh, en))
}

fn example(name: &'static str, body: AnyView) -> AnyView {
    view! {
        <section class="yc-section">
            <h2 class="yc-section__title">{name}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn buttons() -> AnyView {
    let is_on = RwSignal::new(false);
    view! {
        <div class="yc-row">
            <Button on_press=|_| ()>{say("继续", "Continue")}</Button>
            <Button kind=ButtonKind::Secondary on_press=|_| ()>
                <Icon name=IconName::Print />
                {say("打印", "Print")}
            </Button>
            <Button kind=ButtonKind::Quiet on_press=|_| ()>{say("取消", "Cancel")}</Button>
            <Button is_disabled=true on_press=|_| ()>{say("不能用", "Disabled")}</Button>
            <Button
                kind=ButtonKind::Secondary
                is_pressed=is_on.into()
                on_press=move |_| is_on.update(|on| *on = !*on)
            >
                {say("开关", "Toggle")}
            </Button>
            <LinkButton kind=ButtonKind::Secondary href="/">
                {say("去首页", "Go home")}
            </LinkButton>
        </div>
    }
    .into_any()
}

fn tags() -> AnyView {
    view! {
        <div class="yc-row">
            <Tag>{say("跑 1 次", "1 visit")}</Tag>
            <Tag kind=TagKind::Good>{say("零跑腿", "No visit")}</Tag>
            <Tag kind=TagKind::Warning>{say("以当地政策为准", "Local rules apply")}</Tag>
        </div>
    }
    .into_any()
}

fn icons() -> AnyView {
    let all = [
        IconName::Search,
        IconName::Back,
        IconName::Forward,
        IconName::Down,
        IconName::Tick,
        IconName::Close,
        IconName::Print,
        IconName::List,
        IconName::Save,
        IconName::Share,
        IconName::Offline,
        IconName::Warning,
        IconName::Contrast,
        IconName::Branches,
        IconName::Place,
    ];
    let icons = all
        .into_iter()
        .map(|name| view! { <Icon name=name /> })
        .collect_view();
    view! { <div class="yc-row">{icons}</div> }.into_any()
}

fn notifications() -> AnyView {
    view! {
        <Notification>{say("窗口周六上午也开。", "The counter is also open on Saturday mornings.")}</Notification>
        <Notification kind=NotificationKind::Success>
            {say("清单已存在这台设备上。", "The list is kept on this device.")}
        </Notification>
        <Notification kind=NotificationKind::Warning>
            {say("请先向窗口确认。", "Ask the counter first.")}
        </Notification>
    }
    .into_any()
}

fn fields() -> AnyView {
    let name = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::new());
    let message = say("请填写姓名", "Enter the name");
    let error = Signal::derive(move || {
        let is_wrong = errors.with(|errors: &Vec<FieldError>| !errors.is_empty());
        is_wrong.then(|| message.get())
    });
    let check = move |_| {
        let missing = name.with(String::is_empty).then(|| FieldError {
            field: "example-name".into(),
            message: message.get_untracked(),
        });
        errors.set(missing.into_iter().collect());
    };
    view! {
        <ErrorSummary errors=errors />
        <Field
            id="example-name"
            label=say("孩子姓名", "Name of the child")
            hint=say("和出生医学证明上一样", "As on the birth certificate")
            error=error
            value=name
        />
        <div class="yc-actions">
            <Button on_press=check>{say("检查", "Check")}</Button>
        </div>
    }
    .into_any()
}

fn radio() -> AnyView {
    let selected = RwSignal::new(None::<String>);
    let options = vec![
        RadioOption {
            id: "home".into(),
            label: say("国内医院", "Hospital in China"),
            hint: None,
        },
        RadioOption {
            id: "abroad".into(),
            label: say("国外", "Abroad"),
            hint: Some(say("含港澳台", "Including Hong Kong, Macao and Taiwan")),
        },
    ];
    view! {
        <RadioGroup
            legend=say("孩子在哪里出生？", "Where was the child born?")
            hint=say("决定用哪种证明", "It decides which certificate is needed")
            options=options
            selected=selected
            on_select=move |id: String| selected.set(Some(id))
        />
    }
    .into_any()
}

fn checkbox() -> AnyView {
    let is_checked = RwSignal::new(false);
    view! {
        <Checkbox
            label=say("户口簿", "Household register")
            hint=say("原件，看过就还", "The original; you get it back")
            is_checked=is_checked
            on_change=move |checked| is_checked.set(checked)
        />
    }
    .into_any()
}

fn dialog() -> AnyView {
    let is_open = RwSignal::new(false);
    view! {
        <Button kind=ButtonKind::Secondary on_press=move |_| is_open.set(true)>
            {say("打开", "Open")}
        </Button>
        <Dialog is_open=is_open title=say("发到手机", "Send to a phone")>
            <p>{say("用手机扫一扫。", "Scan it with a phone.")}</p>
        </Dialog>
    }
    .into_any()
}

fn loadable() -> AnyView {
    let state = RwSignal::new(Loadable::Failed::<String>(Failure::Offline));
    let retry = Callback::new(move |()| state.set(Loadable::Ready("✓".into())));
    view! {
        <div class="yc-row">
            <Button kind=ButtonKind::Quiet on_press=move |_| state.set(Loadable::Loading)>
                {say("加载中", "Loading")}
            </Button>
            <Button
                kind=ButtonKind::Quiet
                on_press=move |_| state.set(Loadable::Failed(Failure::Chunk))
            >
                {say("失败", "Failed")}
            </Button>
        </div>
        <LoadableView state=state.into() retry=retry view=|value: String| value.into_any() />
    }
    .into_any()
}

fn empty() -> AnyView {
    view! {
        <Empty title=say("还没有存过清单", "No lists yet")>
            <p>{say("答完问题就能存。", "Answer the questions to keep one.")}</p>
        </Empty>
    }
    .into_any()
}
