//! The kinds of problems with their sentences.

use http::StatusCode;

/// Kinds of problems; each has one code for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Parameters or fields that do not fit.
    InvalidRequest,
    /// A body that is no JSON.
    MalformedBody,
    /// A body of another type than JSON.
    UnsupportedBody,
    /// A body that is too large.
    BodyTooLarge,
    /// Nobody is signed in.
    SignInNeeded,
    /// The caller may not do this.
    Forbidden,
    /// Only a person whose real name is proved may do this.
    RealNameNeeded,
    /// A passkey must have been used within the last minutes.
    FreshSignInNeeded,
    /// A request that changes something and comes from another site.
    WrongOrigin,
    /// A ceremony that was finished, is unknown, or took too long.
    CeremonyOver,
    /// A passkey that does not fit.
    PasskeyRefused,
    /// A passkey that nobody has registered here.
    PasskeyUnknown,
    /// A passkey that is registered already.
    PasskeyKnown,
    /// The last passkey of somebody with no other way in.
    PasskeyIsLast,
    /// More passkeys than a person may have.
    TooManyPasskeys,
    /// An enrolment code that is wrong, used or too old.
    EnrolmentCodeRefused,
    /// Name and number that the register does not know together.
    ProofRefused,
    /// A person who has another account.
    ProvedElsewhere,
    /// An account that belongs to another person.
    ProvedAsSomebodyElse,
    /// An account of staff where a citizen's is needed.
    StaffAccount,
    /// A way of proofing that is switched off.
    ProofingNotOffered,
    /// No person with this number.
    PersonNotFound,
    /// The caller's own membership, which nobody can take away from themselves.
    OwnMembership,
    /// Too many attempts at a secret.
    TooManyAttempts,
    /// As many temporary electronic IDs this month as there may be.
    IssueLimitReached,
    /// A temporary electronic ID that is over and whose bytes are erased.
    CredentialOver,
    /// No such address.
    NotFound,
    /// No such service.
    ServiceNotFound,
    /// No such bundle.
    BundleNotFound,
    /// A pack of a version that is no longer held.
    PackNotFound,
    /// The address exists, but not for this method.
    WrongMethod,
    /// Answers that do not fit the guide.
    AnswersDoNotFit,
    /// Items that make no plan.
    ItemsDoNotFit,
    /// The answer took too long.
    Timeout,
    /// Too many requests from one client.
    TooManyRequests,
    /// The server is stopping or its database does not answer.
    Unavailable,
    /// A defect of the server.
    Internal,
}

impl Kind {
    /// All kinds, for the documentation.
    pub const ALL: [Self; 37] = [
        Self::InvalidRequest,
        Self::MalformedBody,
        Self::UnsupportedBody,
        Self::BodyTooLarge,
        Self::SignInNeeded,
        Self::Forbidden,
        Self::RealNameNeeded,
        Self::FreshSignInNeeded,
        Self::WrongOrigin,
        Self::CeremonyOver,
        Self::PasskeyRefused,
        Self::PasskeyUnknown,
        Self::PasskeyKnown,
        Self::PasskeyIsLast,
        Self::TooManyPasskeys,
        Self::EnrolmentCodeRefused,
        Self::ProofRefused,
        Self::ProvedElsewhere,
        Self::ProvedAsSomebodyElse,
        Self::StaffAccount,
        Self::ProofingNotOffered,
        Self::PersonNotFound,
        Self::OwnMembership,
        Self::TooManyAttempts,
        Self::IssueLimitReached,
        Self::CredentialOver,
        Self::NotFound,
        Self::ServiceNotFound,
        Self::BundleNotFound,
        Self::PackNotFound,
        Self::WrongMethod,
        Self::AnswersDoNotFit,
        Self::ItemsDoNotFit,
        Self::Timeout,
        Self::TooManyRequests,
        Self::Unavailable,
        Self::Internal,
    ];

    /// Status, code, title, and the sentence in each language.
    #[must_use]
    pub const fn wording(
        self,
    ) -> (
        StatusCode,
        &'static str,
        &'static str,
        &'static str,
        &'static str,
    ) {
        match self {
            Self::InvalidRequest => (
                StatusCode::BAD_REQUEST,
                "invalid-request",
                "Invalid request",
                "请求中有不符合要求的内容，请按各项提示修改后重试。",
                "Something in the request does not fit; correct what is named and try again.",
            ),
            Self::MalformedBody => (
                StatusCode::BAD_REQUEST,
                "malformed-body",
                "Malformed body",
                "请求内容不是有效的 JSON，请检查后重试。",
                "The body is not valid JSON; correct it and try again.",
            ),
            Self::UnsupportedBody => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported-body",
                "Unsupported body",
                "请以 application/json 类型提交内容。",
                "Send the body as application/json.",
            ),
            Self::BodyTooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "body-too-large",
                "Body too large",
                "提交的内容过大，请精简后重试。",
                "The body is too large; send less.",
            ),
            Self::SignInNeeded => (
                StatusCode::UNAUTHORIZED,
                "sign-in-needed",
                "Sign-in needed",
                "请先登录。",
                "Sign in first.",
            ),
            Self::Forbidden => (
                StatusCode::FORBIDDEN,
                "forbidden",
                "Forbidden",
                "您无权访问此内容。",
                "You may not do this.",
            ),
            Self::RealNameNeeded => (
                StatusCode::FORBIDDEN,
                "real-name-needed",
                "Real name needed",
                "此操作需要实名，请先完成实名核验。",
                "This needs a proved real name; prove your name first.",
            ),
            Self::FreshSignInNeeded => (
                StatusCode::FORBIDDEN,
                "fresh-sign-in-needed",
                "Fresh sign-in needed",
                "为保护您的账户，请再次使用通行密钥登录后继续。",
                "To protect your account, sign in with your passkey again and go on.",
            ),
            Self::WrongOrigin => (
                StatusCode::FORBIDDEN,
                "wrong-origin",
                "Wrong origin",
                "请求来自其他网站，已拒绝。请在本站页面上操作。",
                "The request came from another site and was refused; use the pages of this site.",
            ),
            Self::CeremonyOver => (
                StatusCode::GONE,
                "ceremony-over",
                "Ceremony over",
                "操作已超时或已完成，请重新开始。",
                "This took too long or is finished; begin again.",
            ),
            Self::PasskeyRefused => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "passkey-refused",
                "Passkey refused",
                "通行密钥未通过验证，请重试或使用其他通行密钥。",
                "The passkey was not accepted; try again or use another one.",
            ),
            Self::PasskeyUnknown => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "passkey-unknown",
                "Passkey unknown",
                "本站没有登记此通行密钥；它可能已被移除。",
                "This passkey is not registered here; it may have been removed.",
            ),
            Self::PasskeyKnown => (
                StatusCode::CONFLICT,
                "passkey-known",
                "Passkey already registered",
                "此设备的通行密钥已登记。",
                "This passkey is registered already.",
            ),
            Self::PasskeyIsLast => (
                StatusCode::CONFLICT,
                "passkey-is-last",
                "Last passkey",
                "这是您唯一的通行密钥，移除后将无法登录。请先添加另一个，或完成实名核验。",
                "This is your only passkey: without it you could not sign in. Add another one, or prove your name first.",
            ),
            Self::TooManyPasskeys => (
                StatusCode::CONFLICT,
                "too-many-passkeys",
                "Too many passkeys",
                "通行密钥数量已达上限，请先移除不用的。",
                "You have as many passkeys as possible; remove one first.",
            ),
            Self::EnrolmentCodeRefused => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "enrolment-code-refused",
                "Enrolment code refused",
                "登记码不正确、已使用或已过期，请核对或重新领取。",
                "The enrolment code is wrong, used or too old; check it or ask for a new one.",
            ),
            Self::ProofRefused => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "proof-refused",
                "Proof refused",
                "姓名与公民身份号码不一致，请核对后重试。",
                "Name and ID number do not belong together; check them and try again.",
            ),
            Self::ProvedElsewhere => (
                StatusCode::CONFLICT,
                "already-proved-elsewhere",
                "Already proved elsewhere",
                "该身份已绑定其他账户。如手机丢失或更换，可选择“找回账户”，原有通行密钥与登录将全部失效。",
                "This person has another account. If a phone was lost or replaced, choose to recover it: its old passkeys and sessions end.",
            ),
            Self::ProvedAsSomebodyElse => (
                StatusCode::CONFLICT,
                "proved-as-somebody-else",
                "Proved as somebody else",
                "此账户已绑定其他身份。请退出后以新账户核验。",
                "This account belongs to another person already; sign out and use a new account.",
            ),
            Self::StaffAccount => (
                StatusCode::FORBIDDEN,
                "staff-account",
                "Staff account",
                "工作账户不能用于个人实名，请使用个人账户。",
                "An account of staff cannot be used for a citizen; use your own account.",
            ),
            Self::ProofingNotOffered => (
                StatusCode::NOT_FOUND,
                "proofing-not-offered",
                "Proofing not offered",
                "本站未提供此核验方式。",
                "This way of proofing is not offered here.",
            ),
            Self::PersonNotFound => (
                StatusCode::NOT_FOUND,
                "person-not-found",
                "Person not found",
                "没有查到此人。",
                "No such person is known here.",
            ),
            Self::OwnMembership => (
                StatusCode::CONFLICT,
                "own-membership",
                "Own membership",
                "不能移除自己，请由其他负责人操作。",
                "You cannot remove yourself; ask another owner.",
            ),
            Self::TooManyAttempts => (
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-attempts",
                "Too many attempts",
                "尝试次数过多，请稍后再试。",
                "Too many attempts; try again later.",
            ),
            Self::IssueLimitReached => (
                StatusCode::CONFLICT,
                "issue-limit-reached",
                "Issue limit reached",
                "本月申领次数已用完。请使用实体证件，或到派出所窗口办理。",
                "You have had as many temporary electronic IDs this month as there may be; use your ID card, or go to a police counter.",
            ),
            Self::CredentialOver => (
                StatusCode::GONE,
                "credential-over",
                "Credential over",
                "此电子临时身份凭证已失效，请重新申领。",
                "This temporary electronic ID is over; have a new one issued.",
            ),
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "not-found",
                "Not found",
                "没有这个地址，请检查后重试。",
                "There is nothing at this address; check it.",
            ),
            Self::ServiceNotFound => (
                StatusCode::NOT_FOUND,
                "service-not-found",
                "Service not found",
                "没有这个编码的事项，请从事项目录或搜索中查找。",
                "No service has this code; find it in the catalogue or by search.",
            ),
            Self::BundleNotFound => (
                StatusCode::NOT_FOUND,
                "bundle-not-found",
                "Bundle not found",
                "没有这个编码的“一件事”，请从列表中查找。",
                "No bundle has this code; find it in the list.",
            ),
            Self::PackNotFound => (
                StatusCode::NOT_FOUND,
                "pack-not-found",
                "Content version not found",
                "此内容版本已更新，请刷新页面。",
                "This version of the content is no longer held; ask for the current version.",
            ),
            Self::WrongMethod => (
                StatusCode::METHOD_NOT_ALLOWED,
                "wrong-method",
                "Wrong method",
                "此地址不支持这种请求方法。",
                "This address does not support the method; the Allow header names those it does.",
            ),
            Self::AnswersDoNotFit => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "answers-do-not-fit",
                "Answers do not fit the guide",
                "答案与本事项的问题不符，请按各项提示修改，或重新回答。",
                "The answers do not fit the questions of this guide; correct what is named or answer again.",
            ),
            Self::ItemsDoNotFit => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "items-do-not-fit",
                "Items make no plan",
                "所选事项无法组成方案，请按提示调整。",
                "The chosen items make no plan; change them as named.",
            ),
            Self::Timeout => (
                StatusCode::GATEWAY_TIMEOUT,
                "timeout",
                "Timeout",
                "处理超时，请稍后重试。",
                "This took too long; try again later.",
            ),
            Self::TooManyRequests => (
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-requests",
                "Too many requests",
                "请求过于频繁，请稍候再试。",
                "Too many requests; wait as long as Retry-After says.",
            ),
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "Unavailable",
                "服务暂时不可用，请稍后重试。",
                "The service is not available at the moment; try again later.",
            ),
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Internal error",
                "系统出现故障，请稍后重试；如需帮助，请提供请求编号。",
                "Something broke on our side; try again later, and quote the request's identifier if you need help.",
            ),
        }
    }

    /// The kind that fits an answer which somebody else made, by its status.
    pub(super) const fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::SignInNeeded,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::WrongMethod,
            StatusCode::PAYLOAD_TOO_LARGE => Self::BodyTooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedBody,
            StatusCode::TOO_MANY_REQUESTS => Self::TooManyRequests,
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => Self::Timeout,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            status if status.as_u16() < 500 => Self::InvalidRequest,
            _ => Self::Internal,
        }
    }
}
