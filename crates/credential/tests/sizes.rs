//! How large things are: a phone's screen and a slow network decide.

use qrcode::{EcLevel, QrCode, Version};
use yichuang_credential::fixture::{NOW, TODAY, World};
use yichuang_credential::{Algorithm, Sign, StatusIndex, StatusList, TrustList};

fn version(text: &str) -> Version {
    QrCode::with_error_correction_level(text, EcLevel::M)
        .expect("a QR code")
        .version()
}

#[test]
fn a_live_form_with_a_sealed_number_fits_version_17() {
    for (suite, most) in [(Algorithm::Es256, 17), (Algorithm::Sm2, 17)] {
        let mut world = World::new(suite);
        let live = world.live();
        let text = live.text();
        println!(
            "{suite:?}: {} bytes, {} characters",
            live.encode().len(),
            text.len()
        );
        assert!(
            matches!(version(&text), Version::Normal(version) if version <= most),
            "{suite:?}: {} characters need {:?}",
            text.len(),
            version(&text)
        );
        let paper = world.paper().paper();
        println!(
            "{suite:?}: paper {} characters, {:?}",
            paper.len(),
            version(&paper)
        );
        assert!(matches!(version(&paper), Version::Normal(version) if version <= 12));
    }
}

#[test]
fn a_status_list_of_a_peak_day_is_at_most_three_kilobytes() {
    let world = World::new(Algorithm::Es256);
    let mut list = StatusList::new(NOW, [TODAY]);
    // 2 % of 75,000, spread by a generator of full period.
    let mut index = 1_u32;
    for _ in 0..1500 {
        index = index.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let index = index >> 15;
        list.revoke(StatusIndex { day: TODAY, index })
            .expect("a place");
    }
    let signed = list.sign(&world.lister);
    println!("{} bytes", signed.len());
    assert!(signed.len() <= 3072, "{} bytes", signed.len());
    let roots = [world.root.public().clone()];
    let trust = TrustList::open(&world.trust.sign(&world.root), &roots).expect("the trust list");
    assert_eq!(
        StatusList::open(&signed, &trust, &[Algorithm::Es256]),
        Ok(list)
    );
}
