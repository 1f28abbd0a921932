//! Why a verdict is what it is: a stable code, a light, and two sentences in each language.

/// The colour at the desk.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Light {
    /// Everything is proven.
    Green,
    /// A person decides; the sentence says what to look at.
    Amber,
    /// Refused.
    Red,
}

impl Light {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

/// What is said of a reason, in one language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sentences {
    /// What is the matter.
    pub what: &'static str,
    /// What to do.
    pub advice: &'static str,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $code:literal $light:ident
        [$zh:literal, $zh_advice:literal] [$en:literal, $en_advice:literal];)*) => {
        /// Why. The codes are stable: logs, vectors and other programs compare them.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Reason { $($(#[$doc])* $name,)* }

        impl Reason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The light it stands for.
            #[must_use]
            pub const fn light(self) -> Light {
                match self { $(Self::$name => Light::$light,)* }
            }

            /// In Chinese.
            #[must_use]
            pub const fn chinese(self) -> Sentences {
                match self { $(Self::$name => Sentences { what: $zh, advice: $zh_advice },)* }
            }

            /// In English.
            #[must_use]
            pub const fn english(self) -> Sentences {
                match self { $(Self::$name => Sentences { what: $en, advice: $en_advice },)* }
            }
        }
    };
}

reasons! {
    /// All checks passed.
    Valid "valid" Green
        ["凭证有效，本人刚刚解锁手机出示。", "核对姓名后办理入住。"]
        ["The credential is valid and its holder unlocked the phone just now.", "Compare the name and go on."];
    /// A printed credential, bound to no phone.
    Paper "paper" Amber
        ["纸质凭证有效，但未与手机绑定。", "请再核对一项：照片或家人手机收到的验证码。"]
        ["The paper credential is valid but bound to no phone.", "Check one thing more: the photo, or the code sent to the family's phone."];
    /// A live credential that answers no counter's code.
    NotBoundToCounter "not-bound-to-counter" Amber
        ["凭证有效，但不是针对本柜台出示的。", "请客人先扫描本柜台的二维码，再出示一次。"]
        ["The credential is valid but was not shown to this counter in particular.", "Ask the guest to scan this counter's code and to show it again."];
    /// The status list is older than it should be.
    ListOld "list-old" Amber
        ["凭证有效，但本机的撤销名单已过期数小时。", "联网更新名单后再验一次；无法联网时核对其他证明。"]
        ["The credential is valid, but the list of revoked ones here is hours old.", "Connect and check again; without a network, ask for another proof."];
    /// The desk's clock is behind a signed list.
    ClockBehind "clock-behind" Amber
        ["凭证有效，但本机时钟慢了。", "请校准本机时间。"]
        ["The credential is valid, but this device's clock is slow.", "Set the clock of this device."];
    /// This desk has accepted the credential before.
    AlreadyHere "already-here" Amber
        ["该凭证已在本店登记过。", "查看已有登记，勿重复登记。"]
        ["This credential has been checked in here already.", "Look at the entry; do not make a second one."];

    /// No credential at all.
    NotACredential "not-a-credential" Red
        ["这不是电子临时身份凭证。", "请客人打开一窗中的凭证页面再出示。"]
        ["This is not a temporary electronic ID.", "Ask the guest to open the credential's page and to show that."];
    /// Longer than any credential.
    TooLong "too-long" Red
        ["内容过长，不是凭证。", "请客人重新出示凭证页面上的二维码。"]
        ["This is too long to be a credential.", "Ask the guest to show the code on the credential's page."];
    /// The end is missing.
    Truncated "truncated" Red
        ["内容不完整，后半部分缺失。", "重新扫描整个二维码；仍失败则输入12位编码联网核验。"]
        ["The end of the code is missing.", "Scan the whole code again, or type the 12-character code and check online."];
    /// Unreadable.
    Damaged "damaged" Red
        ["二维码内容损坏，无法读取。", "重新扫描；仍失败则输入12位编码联网核验，不要凭目视放行。"]
        ["The code is damaged and cannot be read.", "Scan again, or type the 12-character code and check online. Do not pass it by eye."];
    /// A compressed payload that grows beyond the limit.
    InflatesTooMuch "inflates-too-much" Red
        ["内容解压后异常庞大，疑似攻击。", "不予办理，并向督导报告。"]
        ["The content swells when unpacked: this looks like an attack.", "Refuse it and report it to the supervisor."];
    /// Arrays in arrays in arrays.
    NestedTooDeep "nested-too-deep" Red
        ["内容结构异常，疑似攻击。", "不予办理，并向督导报告。"]
        ["The content is nested abnormally deep: this looks like an attack.", "Refuse it and report it to the supervisor."];
    /// Not in the one form that the format allows.
    NotCanonical "not-canonical" Red
        ["内容格式不规范，可能被改动。", "请客人重新出示；仍失败则不予办理。"]
        ["The content is not in its proper form and may have been altered.", "Ask the guest to show it again; refuse it if that fails."];
    /// A form that this version does not know.
    UnknownForm "unknown-form" Red
        ["凭证版本较新，本机无法识别。", "更新本机程序后重试。"]
        ["This credential is newer than this program.", "Update the program and try again."];

    /// Signed by nobody who is trusted.
    UnknownKey "unknown-key" Red
        ["签发机构不在信任名单中。", "联网更新信任名单后重试；仍失败则不予办理。"]
        ["Nobody on the trust list has signed this.", "Update the trust list and try again; refuse it if that fails."];
    /// The trust list is over.
    TrustListExpired "trust-list-expired" Red
        ["本机的信任名单已过期。", "联网更新信任名单后重试。"]
        ["This device's trust list has expired.", "Connect, update the list and try again."];
    /// The signer's key was withdrawn.
    KeyWithdrawn "key-withdrawn" Red
        ["签发密钥已被停用。", "请客人重新领取凭证。"]
        ["The key that signed this has been withdrawn.", "Ask the guest to get a new credential."];
    /// The signer's key was not valid when it signed.
    KeyNotValidThen "key-not-valid-then" Red
        ["签发时密钥不在有效期内。", "请客人重新领取凭证，并向督导报告。"]
        ["The key was not valid when this was signed.", "Ask the guest to get a new credential and report it."];
    /// The signer's key is for something else.
    KeyNotForThis "key-not-for-this" Red
        ["签发密钥无权签发此类内容。", "不予办理，并向督导报告。"]
        ["The key that signed this may not sign such things.", "Refuse it and report it to the supervisor."];
    /// The header names another algorithm than the key's.
    WrongAlgorithm "wrong-algorithm" Red
        ["签名算法与签发密钥不符，疑似攻击。", "不予办理，并向督导报告。"]
        ["The algorithm is not that of the signer's key: this looks like an attack.", "Refuse it and report it to the supervisor."];
    /// The suite is not switched on here.
    SuiteOff "suite-off" Red
        ["本机未启用该签名算法。", "更新本机程序或设置后重试。"]
        ["This device does not use that signature algorithm.", "Update the program or its settings and try again."];
    /// The issuer's signature is wrong.
    BadSignature "bad-signature" Red
        ["签名无效，凭证系伪造或被改动。", "不予办理，并向督导报告。"]
        ["The signature is wrong: this is forged or altered.", "Refuse it and report it to the supervisor."];
    /// A signature rewritten into its second form.
    SignatureNotCanonical "signature-not-canonical" Red
        ["签名形式不规范，凭证可能被改写。", "请客人重新出示；仍失败则不予办理。"]
        ["The signature was rewritten into another form.", "Ask the guest to show it again; refuse it if that fails."];

    /// Valid later.
    NotYetValid "not-yet-valid" Red
        ["凭证尚未生效。", "核对本机时间；到生效时间后再出示。"]
        ["The credential is not valid yet.", "Check this device's clock; show it again when it is valid."];
    /// Over.
    Expired "expired" Red
        ["凭证已过期。", "请客人重新领取凭证。"]
        ["The credential has expired.", "Ask the guest to get a new one."];
    /// Issued for longer than any may live.
    LifeTooLong "life-too-long" Red
        ["凭证有效期超过规定上限。", "不予办理，并向督导报告。"]
        ["The credential was issued for longer than is allowed.", "Refuse it and report it to the supervisor."];
    /// Issued for something else.
    WrongPurpose "wrong-purpose" Red
        ["凭证用途不符。", "请客人按本次用途重新领取凭证。"]
        ["The credential is for another purpose.", "Ask the guest to get one for this purpose."];
    /// A paper for another house.
    WrongPremises "wrong-premises" Red
        ["该纸质凭证只能在另一家场所使用。", "请客人到指定场所，或重新领取。"]
        ["This paper is for other premises.", "Send the guest there, or to get a new one."];
    /// The number travels in a way that this deployment does not allow.
    WrongDisclosure "wrong-disclosure" Red
        ["凭证中证件号码的携带方式不符合本地规定。", "请客人重新领取凭证。"]
        ["The credential carries the ID number in a way not allowed here.", "Ask the guest to get a new one."];

    /// On the status list.
    Revoked "revoked" Red
        ["凭证已被撤销、更换或挂失。", "不予办理；持证人可凭本人解锁重新领取。"]
        ["The credential was revoked, replaced or reported lost.", "Refuse it; its owner can get a new one."];
    /// The status list does not speak of it.
    StatusNotCovered "status-not-covered" Red
        ["撤销名单未覆盖该凭证。", "联网更新名单后重试。"]
        ["The list of revoked credentials does not cover this one.", "Connect, update the list and try again."];
    /// There is no status list.
    NoStatusList "no-status-list" Red
        ["本机还没有撤销名单。", "联网一次后再验。"]
        ["This device has no list of revoked credentials yet.", "Connect once, then check again."];
    /// The status list is too old to rely on.
    ListTooOld "list-too-old" Red
        ["本机的撤销名单过旧，不能离线核验。", "联网更新名单后重试。"]
        ["The list of revoked credentials is too old to check without a network.", "Connect, update the list and try again."];

    /// Shown too long ago.
    Screenshot "screenshot" Red
        ["这是截图或翻拍：二维码生成已超过时限。", "请客人用本人手机当面出示，二维码每10秒更新。"]
        ["This is a screenshot or a copy: the code is too old.", "Ask the guest to show the phone itself, where the code renews every 10 seconds."];
    /// Made in the future.
    FromTheFuture "from-the-future" Red
        ["二维码的生成时间晚于本机时间。", "核对本机时钟与客人手机时间后重试。"]
        ["The code was made later than this device's time.", "Check both clocks and try again."];
    /// Nothing proves that it was shown to this counter.
    NoCounter "no-counter" Red
        ["凭证未与本柜台绑定。", "请客人先扫描本柜台的二维码，再出示一次。"]
        ["The credential is not bound to this counter.", "Ask the guest to scan this counter's code and to show it again."];
    /// Shown to another counter.
    WrongCounter "wrong-counter" Red
        ["该二维码是向另一柜台出示的，疑似转发。", "请客人当面扫描本柜台的二维码后重新出示。"]
        ["This was shown to another counter and passed on.", "Ask the guest to scan this counter's code here and to show it again."];
    /// Answers a counter's code that is over.
    OldCounterCode "old-counter-code" Red
        ["客人扫描的柜台二维码已更换。", "请客人扫描当前的柜台二维码后重新出示。"]
        ["The guest scanned a code of this counter that is over.", "Ask the guest to scan the present one and to show it again."];
    /// The very presentation was seen before.
    Replayed "replayed" Red
        ["同一个二维码已被使用过。", "请客人等待二维码更新后重新出示。"]
        ["This very code has been used before.", "Ask the guest to wait for the next code and to show that."];
    /// Used at other premises.
    UsedElsewhere "used-elsewhere" Red
        ["该凭证已在另一家场所登记。", "向督导报告；请客人核对使用记录。"]
        ["This credential has been checked in elsewhere.", "Report it; ask the guest to look at where it was used."];

    /// The unlock is not by the credential's passkey, or for another session.
    BadUnlock "bad-unlock" Red
        ["解锁证明无效：不是持证人的手机。", "请持证人用本人手机出示。"]
        ["The proof of unlocking is wrong: this is not the holder's phone.", "Ask the holder to show it on their own phone."];
    /// The phone did not verify its user.
    UnlockWithoutVerification "unlock-without-verification" Red
        ["手机没有核验使用者（面容、指纹或密码）。", "请客人重新解锁后出示。"]
        ["The phone did not verify its user by face, finger or PIN.", "Ask the guest to unlock it again and to show the code."];
    /// The unlock is too long ago.
    UnlockTooOld "unlock-too-old" Red
        ["距上次解锁已超过时限。", "请客人在凭证页面重新解锁。"]
        ["The last unlock is too long ago.", "Ask the guest to unlock on the credential's page again."];
    /// The presentation is not signed by the delegated key.
    BadPresentation "bad-presentation" Red
        ["出示签名无效：内容被改动或系伪造。", "不予办理，并向督导报告。"]
        ["The presentation's signature is wrong: it is forged or altered.", "Refuse it and report it to the supervisor."];
    /// A phone's credential without the phone's proof.
    NoHolderProof "no-holder-proof" Red
        ["该凭证须由手机实时出示，静态副本无效。", "请客人用本人手机出示。"]
        ["This credential must be shown live by the phone; a copy does not count.", "Ask the guest to show the phone."];
    /// Paper is not taken here.
    PaperRefused "paper-refused" Red
        ["本场所不接受纸质凭证。", "请客人用手机出示，或核对其他证件。"]
        ["Paper credentials are not taken here.", "Ask for the phone or another document."];
}

impl core::fmt::Display for Reason {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(self.code())
    }
}

impl core::error::Error for Reason {}
