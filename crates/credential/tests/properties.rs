//! What holds for all inputs.

use proptest::prelude::*;
use yichuang_credential::cbor::{Form, scan};
use yichuang_credential::counter::CounterCode;
use yichuang_credential::fixture::{NOW, TODAY, World};
use yichuang_credential::receipt::Receipt;
use yichuang_credential::text::{self, MAX_BYTES, Prefix};
use yichuang_credential::typed_code::TypedCode;
use yichuang_credential::{
    Algorithm, Binding, Claims, Credential, Light, Number, Purpose, Reason, Shown, StatusIndex,
    StatusList, TrustList, verify,
};

fn claims() -> impl Strategy<Value = Claims> {
    let number = prop_oneof![
        "[0-9X]{18}".prop_map(Number::Full),
        "[0-9]{4}[*]{10}[0-9X]{4}".prop_map(Number::Masked),
        (
            "[0-9]{4}[*]{10}[0-9X]{4}",
            prop::collection::vec(any::<u8>(), 0..128)
        )
            .prop_map(|(masked, sealed)| Number::Sealed { masked, sealed }),
    ];
    let binding = prop_oneof![
        (prop::array::uniform32(any::<u8>()), any::<bool>()).prop_map(|(x, is_odd)| {
            let mut point = [2 + u8::from(is_odd); 33];
            point[1..].copy_from_slice(&x);
            Binding::Passkey(point)
        }),
        "[A-Z0-9-]{1,32}".prop_map(Binding::Premises),
    ];
    (
        ("[0-9]{1,32}", any::<u64>(), any::<u64>(), binding),
        (
            any::<u32>(),
            0_u32..1 << 17,
            "\\PC{1,30}",
            number,
            0_usize..5,
        ),
    )
        .prop_map(
            |((issuer, issued, expires, binding), (day, index, name, number, purpose))| Claims {
                issuer,
                expires,
                issued,
                binding,
                status: StatusIndex { day, index },
                name,
                number,
                purpose: Purpose::ALL[purpose],
            },
        )
}

/// A text that gets past the first letters.
fn some_text(bytes: &[u8]) -> String {
    text::encode(Prefix::Credential, bytes)
}

proptest! {
    #[test]
    fn claims_come_back(claims in claims()) {
        prop_assert_eq!(Claims::parse(&claims.encode()), Ok(claims));
    }

    #[test]
    fn bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 1..600)) {
        prop_assume!(bytes[0] != 0x78);
        prop_assert_eq!(text::decode(Prefix::Credential, &some_text(&bytes)), Ok(bytes.clone()));
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&bytes, 9);
        prop_assert_eq!(text::decode(Prefix::Credential, &some_text(&packed)), Ok(bytes));
    }

    #[test]
    fn nothing_unpacks_beyond_the_limit(
        byte in any::<u8>(),
        length in 0_usize..200_000,
    ) {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&vec![byte; length], 9);
        match text::decode(Prefix::Credential, &some_text(&packed)) {
            Ok(bytes) => prop_assert!(bytes.len() == length && length <= MAX_BYTES),
            Err(reason) => {
                prop_assert_eq!(reason, Reason::InflatesTooMuch);
                prop_assert!(length > MAX_BYTES);
            }
        }
    }

    #[test]
    fn any_text_is_judged_without_a_panic(shown in "\\PC{0,300}") {
        let world = World::new(Algorithm::Es256);
        for shown in [shown.clone(), format!("PT1:{shown}"), format!("PC1:{shown}")] {
            let verdict = verify::verify(&shown, &world.desk(), NOW);
            prop_assert_eq!(verdict.light, Light::Red);
            let suites = [Algorithm::Es256];
            prop_assert!(CounterCode::read(&shown, &world.trust, &suites, NOW).is_err());
            prop_assert!(Receipt::read(&shown, &world.trust, &suites).is_err());
        }
        let _ = TypedCode::read(&shown);
    }

    #[test]
    fn any_bytes_are_judged_without_a_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..2000),
        now in any::<u64>(),
    ) {
        let world = World::new(Algorithm::Es256);
        let verdict = verify::verify(&some_text(&bytes), &world.desk(), now);
        prop_assert_eq!(verdict.light, Light::Red);
        let _ = scan(&bytes, Form::Any);
        let roots = [yichuang_credential::Sign::public(&world.root).clone()];
        prop_assert!(TrustList::open(&bytes, &roots).is_err());
        prop_assert!(StatusList::open(&bytes, &world.trust, &[Algorithm::Es256]).is_err());
    }

    #[test]
    fn what_scans_is_one_item_for_another_reader_too(
        bytes in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        if scan(&bytes, Form::Deterministic).is_ok() {
            let mut decoder = minicbor::Decoder::new(&bytes);
            prop_assert!(decoder.skip().is_ok());
            prop_assert_eq!(decoder.position(), bytes.len());
        }
    }

    #[test]
    fn typed_codes_come_back_and_wrong_ones_do_not(
        random in any::<u64>(),
        place in 0_usize..12,
        other in "[0-9A-HJKMNP-TV-Z]",
    ) {
        let code = TypedCode::new(random);
        let text = code.text();
        prop_assert_eq!(TypedCode::read(&text), Ok(code));
        prop_assert_eq!(TypedCode::read(&text.to_lowercase().replace('-', " ")), Ok(code));
        let mut digits: Vec<char> = text.chars().filter(|c| *c != '-').collect();
        let other = other.chars().next().expect("a character");
        prop_assume!(digits[place] != other);
        digits[place] = other;
        let wrong: String = digits.into_iter().collect();
        prop_assert_eq!(TypedCode::read(&wrong), Err(Reason::Damaged));
    }

    #[test]
    fn a_list_says_what_was_revoked(places in prop::collection::btree_set(0_u32..1 << 17, 0..200)) {
        let world = World::new(Algorithm::Es256);
        let mut list = StatusList::new(NOW, [TODAY]);
        for index in &places {
            list.revoke(StatusIndex { day: TODAY, index: *index }).expect("a place");
        }
        let signed = list.sign(&world.lister);
        let list = StatusList::open(&signed, &world.trust, &[Algorithm::Es256]).expect("ours");
        for index in places.iter().flat_map(|index| [*index, index ^ 1, index ^ 64]) {
            let status = StatusIndex { day: TODAY, index };
            prop_assert_eq!(list.is_revoked(status), Some(places.contains(&index)));
        }
        prop_assert_eq!(list.is_revoked(StatusIndex { day: TODAY + 1, index: 0 }), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_issued_and_shown_comes_back_in_both_suites(
        mut claims in claims(),
        is_sm2 in any::<bool>(),
    ) {
        let suite = if is_sm2 { Algorithm::Sm2 } else { Algorithm::Es256 };
        let mut world = World::new(suite);
        claims.binding = world.claims().binding;
        let credential = Credential::issue(claims, &world.issuer);
        prop_assert_eq!(Credential::read(&credential.bytes), Ok(credential.clone()));
        prop_assert_eq!(
            Shown::read(&credential.paper()),
            Ok(Shown::Paper(credential.bytes.clone()))
        );
        let live = world.live();
        prop_assert_eq!(Shown::read(&live.text()), Ok(Shown::Live(live.into())));
    }
}
