//! Prints how many whole live forms one core verifies in a second (`cargo xtask bench credential`
//! runs it in a release build).

use std::time::{Duration, Instant};
use yichuang_credential::fixture::{NOW, World};
use yichuang_credential::{
    Algorithm, Light, Live, Sign, StatusIndex, StatusList, TrustList, verify,
};

/// How many different guests come, one after the other and again.
const GUESTS: u32 = 200;
/// How long is measured.
const TIME: Duration = Duration::from_secs(3);

fn main() {
    let suite = match std::env::args().nth(1).as_deref() {
        Some("sm2") => Algorithm::Sm2,
        _ => Algorithm::Es256,
    };
    let mut world = World::new(suite);
    let roots = [world.root.public().clone()];
    world.trust = TrustList::open(&world.trust.sign(&world.root), &roots).expect("the trust list");
    let status = world.status.sign(&world.lister);
    world.status = StatusList::open(&status, &world.trust, &[suite]).expect("the status list");
    let shown: Vec<String> = (0..GUESTS)
        .map(|guest| guest_shows(&mut world, guest))
        .collect();
    let desk = world.desk();
    let (mut count, started, busy) = (0_u32, Instant::now(), busy());
    while started.elapsed() < TIME {
        for shown in &shown {
            let verdict = verify::verify(shown, &desk, NOW);
            assert_eq!(verdict.light, Light::Green, "{}", verdict.reason);
            count += 1;
        }
    }
    let time = match (busy, self::busy()) {
        (Some(before), Some(after)) => after - before,
        _ => started.elapsed(),
    };
    println!("{:.0}", f64::from(count) / time.as_secs_f64());
}

/// How long this process has had a core, where the system tells: what else the machine does at the
/// same time should not count.
fn busy() -> Option<Duration> {
    let figures = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanoseconds = figures.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

fn guest_shows(world: &mut World, guest: u32) -> String {
    let mut claims = world.claims();
    claims.status = StatusIndex {
        index: 1000 + guest,
        ..claims.status
    };
    let credential = yichuang_credential::Credential::issue(claims, &world.issuer).bytes;
    let unlock = world.unlock(&credential);
    let binding = Some(world.binding());
    Live::present(&credential, &unlock, NOW - 2, binding, &world.session).text()
}
