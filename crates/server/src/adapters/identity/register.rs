//! The demonstration register (演示人口库): residents who do not exist.
//!
//! The same 1,200 at every start, computed from their number alone. Their ID numbers have valid
//! check characters, but begin with 99, which no province has; their telephones begin with 100,
//! which no mobile network has; their addresses lie in a district that does not exist.

use super::{Evidence, IdentityProofing, Working};
use crate::problem::{Failure, Kind};
use std::collections::HashMap;
use yichuang_contract::Text;
use yichuang_contract::proofing::{DemonstrationResident, ProofingMethod, ProofingOffer};
use yichuang_domain::identity::id_check_character;
use yichuang_storage::person::PersonData;

/// How many residents there are.
const RESIDENTS: u32 = 1_200;
/// District codes that no place has.
const DISTRICTS: [(&str, &str); 6] = [
    ("990101", "东溪区"),
    ("990102", "西塘区"),
    ("990103", "南浦区"),
    ("990104", "北屿区"),
    ("990105", "云麓区"),
    ("990106", "月湾区"),
];
const FAMILY_NAMES: [&str; 40] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭",
    "何", "林", "罗", "高", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾",
    "肖", "田", "董", "袁", "潘", "于", "蒋", "欧阳",
];
const GIVEN_NAMES: [&str; 48] = [
    "示安", "示宁", "示乐", "示和", "示清", "示明", "示远", "示文", "例君", "例华", "例嘉", "例怡",
    "例思", "例晨", "例雨", "例雪", "样子", "样芳", "样琳", "样婷", "样涛", "样波", "样辉", "样军",
    "演之", "演一", "演然", "演如", "演可", "演心", "演欣", "演悦", "虚竹", "虚白", "虚谷", "虚怀",
    "假山", "假日", "拟南", "拟北", "拟东", "拟西", "模范", "模言", "试金", "试水", "试之", "试航",
];
const ROADS: [&str; 8] = [
    "示范路",
    "样板街",
    "演习巷",
    "虚拟大道",
    "模拟里",
    "试验路",
    "例题街",
    "假想弄",
];

/// The register.
pub struct Register {
    residents: Vec<PersonData>,
    by_number: HashMap<String, usize>,
}

impl Default for Register {
    fn default() -> Self {
        Self::new()
    }
}

impl Register {
    /// Computes it.
    #[must_use]
    pub fn new() -> Self {
        let residents: Vec<PersonData> = (0..RESIDENTS).map(resident).collect();
        let by_number = residents
            .iter()
            .enumerate()
            .map(|(index, resident)| (resident.id_number.clone(), index))
            .collect();
        Self {
            residents,
            by_number,
        }
    }

    /// How many residents there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.residents.len()
    }

    /// Whether it is empty: never.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.residents.is_empty()
    }

    /// A part of it.
    #[must_use]
    pub fn part(&self, offset: usize, limit: usize) -> Vec<DemonstrationResident> {
        self.residents
            .iter()
            .skip(offset)
            .take(limit)
            .map(|resident| DemonstrationResident {
                name: resident.name.clone(),
                id_number: resident.id_number.clone(),
            })
            .collect()
    }

    /// The resident with an ID number.
    #[must_use]
    pub fn find(&self, id_number: &str) -> Option<&PersonData> {
        self.residents.get(*self.by_number.get(id_number)?)
    }
}

impl IdentityProofing for Register {
    fn offer(&self) -> ProofingOffer {
        ProofingOffer {
            method: ProofingMethod::DemonstrationRegister,
            name: Text::new(
                "演示人口库（虚构人员）",
                "Demonstration register (fictional residents)",
            ),
            is_demonstration: true,
        }
    }

    fn prove(&self, evidence: Evidence) -> Working<'_, PersonData> {
        let found = match evidence {
            Evidence::NameAndNumber { name, id_number } => self
                .find(&id_number)
                .filter(|resident| resident.name == name.trim())
                .cloned(),
            Evidence::Return { .. } => None,
        };
        Box::pin(async move { found.ok_or(Failure::new(Kind::ProofRefused)) })
    }
}

/// Mixes a number (the finaliser of SplitMix64): neighbours become unlike each other.
const fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn pick<T: Copy>(from: &[T], random: u64) -> T {
    from[usize::try_from(random % from.len() as u64).unwrap_or(0)]
}

fn resident(number: u32) -> PersonData {
    let random = |purpose: u64| mix(u64::from(number) * 16 + purpose);
    let (district, district_name) = pick(&DISTRICTS, random(0));
    let (year, month, day) = (
        1938 + random(1) % 80,
        1 + random(2) % 12,
        1 + random(3) % 28,
    );
    // The sequence number is unique within the register, whatever the day.
    let body = format!("{district}{year:04}{month:02}{day:02}{:03}", number % 1000);
    let check = id_check_character(&body).unwrap_or('X');
    let name = format!(
        "{}{}",
        pick(&FAMILY_NAMES, random(4)),
        pick(&GIVEN_NAMES, random(5))
    );
    PersonData {
        name,
        id_number: format!("{body}{check}"),
        phone: Some(format!("100{:08}", random(6) % 100_000_000)),
        address: Some(format!(
            "示例市{district_name}{}{}号{}室（虚构）",
            pick(&ROADS, random(7)),
            1 + random(8) % 300,
            101 + random(9) % 900
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yichuang_domain::identity::parse_id_number;

    #[test]
    fn more_than_a_thousand_residents_have_valid_numbers_of_no_real_place() {
        let register = Register::new();
        assert!(register.len() >= 1_000);
        assert_eq!(register.by_number.len(), register.len());
        for resident in &register.residents {
            assert!(resident.id_number.starts_with("99"));
            assert_eq!(
                parse_id_number(&resident.id_number).as_deref(),
                Some(resident.id_number.as_str())
            );
        }
    }

    #[test]
    fn the_register_is_the_same_at_every_start() {
        let (one, two) = (Register::new(), Register::new());
        assert!(one.residents == two.residents);
        assert_eq!(one.residents[0].id_number, resident(0).id_number);
    }

    #[tokio::test]
    async fn name_and_number_must_belong_together() {
        let register = Register::new();
        let (one, two) = (&register.residents[0], &register.residents[1]);
        assert_ne!(one.name, two.name);
        let evidence = |name: &str, number: &str| Evidence::NameAndNumber {
            name: name.to_owned(),
            id_number: number.to_owned(),
        };
        assert!(
            register
                .prove(evidence(&one.name, &one.id_number))
                .await
                .is_ok()
        );
        assert!(
            register
                .prove(evidence(&two.name, &one.id_number))
                .await
                .is_err()
        );
        assert!(
            register
                .prove(evidence(&one.name, "11010519491231002X"))
                .await
                .is_err()
        );
    }
}
