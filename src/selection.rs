//! Narrowing the catalogue: what can be chosen, what it keeps, and how many each choice would keep.

use yichuang_contract::service::{Audience, Delivery, Department, Handling, Scope, ServiceSummary};

/// A filter of the catalogue. Filters of one [`Group`] widen each other, groups narrow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// No visit to a counter (零跑腿).
    ZeroTrips,
    /// One visit (跑一次).
    OneTrip,
    /// On a self-service terminal (自助机).
    Terminal,
    /// The result comes by courier (邮寄).
    Post,
    /// Done on the spot (即办).
    Instant,
    /// At every point of the city (全城通办).
    City,
    /// Across the province (全省通办).
    Province,
    /// Across the country (跨省通办).
    Nation,
}

/// Filters that answer the same question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// How often one has to go.
    Trips,
    /// How it is done.
    Way,
    /// Where it can be done.
    Scope,
}

impl Filter {
    /// All filters in the order they are shown.
    pub const ALL: [Self; 8] = [
        Self::ZeroTrips,
        Self::OneTrip,
        Self::Instant,
        Self::Terminal,
        Self::Post,
        Self::City,
        Self::Province,
        Self::Nation,
    ];

    /// Its name in addresses.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::ZeroTrips => "zero-trips",
            Self::OneTrip => "one-trip",
            Self::Terminal => "terminal",
            Self::Post => "post",
            Self::Instant => "instant",
            Self::City => "city",
            Self::Province => "province",
            Self::Nation => "nation",
        }
    }

    /// The group it belongs to.
    #[must_use]
    pub const fn group(self) -> Group {
        match self {
            Self::ZeroTrips | Self::OneTrip => Group::Trips,
            Self::Terminal | Self::Post | Self::Instant => Group::Way,
            Self::City | Self::Province | Self::Nation => Group::Scope,
        }
    }

    fn keeps(self, service: &ServiceSummary) -> bool {
        match self {
            Self::ZeroTrips => service.trips == 0,
            Self::OneTrip => service.trips == 1,
            Self::Terminal => service.has_terminal,
            Self::Post => service.delivery.contains(&Delivery::Post),
            Self::Instant => service.handling == Handling::Instant,
            Self::City => service.scope == Scope::City,
            Self::Province => service.scope == Scope::Province,
            Self::Nation => service.scope == Scope::Nation,
        }
    }
}

/// What a person chose in the catalogue. It lives in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Department.
    pub department: Option<Department>,
    /// Identifier of a life or business event.
    pub theme: Option<String>,
    /// For whom.
    pub audience: Option<Audience>,
    /// Filters, each at most once.
    pub filters: Vec<Filter>,
}

/// The identifier of an audience in addresses.
#[must_use]
pub const fn audience_id(audience: Audience) -> &'static str {
    match audience {
        Audience::Individual => "individual",
        Audience::Enterprise => "enterprise",
    }
}

impl Selection {
    /// Reads the values of the address; what is not understood is left out.
    #[must_use]
    pub fn read(department: &str, theme: &str, audience: &str, filter: &str) -> Self {
        let mut filters = Vec::new();
        for id in filter.split(',') {
            let known = Filter::ALL.into_iter().find(|filter| filter.id() == id);
            if let Some(filter) = known.filter(|filter| !filters.contains(filter)) {
                filters.push(filter);
            }
        }
        Self {
            department: Department::from_id(department),
            theme: (!theme.is_empty()).then(|| theme.to_owned()),
            audience: [Audience::Individual, Audience::Enterprise]
                .into_iter()
                .find(|known| audience_id(*known) == audience),
            filters,
        }
    }

    /// Whether nothing was chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The filters as they stand in the address.
    #[must_use]
    pub fn filter_value(&self) -> String {
        let ids: Vec<&str> = self.filters.iter().map(|filter| filter.id()).collect();
        ids.join(",")
    }

    /// The filters after this one was switched on or off, as they stand in the address.
    #[must_use]
    pub fn toggled(&self, filter: Filter) -> String {
        let mut changed = self.clone();
        match changed.filters.iter().position(|chosen| *chosen == filter) {
            Some(at) => {
                changed.filters.remove(at);
            }
            None => changed.filters.push(filter),
        }
        changed.filter_value()
    }

    /// Whether a service is kept.
    #[must_use]
    pub fn keeps(&self, service: &ServiceSummary) -> bool {
        self.department.is_none_or(|department| service.department == department)
            && self.theme.as_ref().is_none_or(|theme| service.theme == *theme)
            && self.audience.is_none_or(|audience| service.audience.contains(&audience))
            && self.keeps_group(Group::Trips, service)
            && self.keeps_group(Group::Scope, service)
            // Several ways at once: each must be possible.
            && self
                .filters
                .iter()
                .filter(|filter| filter.group() == Group::Way)
                .all(|filter| filter.keeps(service))
    }

    fn keeps_group(&self, group: Group, service: &ServiceSummary) -> bool {
        let mut chosen = self
            .filters
            .iter()
            .filter(|filter| filter.group() == group)
            .peekable();
        chosen.peek().is_none() || chosen.any(|filter| filter.keeps(service))
    }

    /// How many services would be kept if this filter were on: the number beside it.
    #[must_use]
    pub fn count_with(&self, filter: Filter, services: &[ServiceSummary]) -> usize {
        let mut others = self.clone();
        match filter.group() {
            Group::Way => others.filters.retain(|chosen| *chosen != filter),
            group => others.filters.retain(|chosen| chosen.group() != group),
        }
        services
            .iter()
            .filter(|service| others.keeps(service) && filter.keeps(service))
            .count()
    }

    /// How many services a department would keep, the other choices staying.
    #[must_use]
    pub fn count_in(&self, department: Option<Department>, services: &[ServiceSummary]) -> usize {
        let others = Self {
            department,
            theme: None,
            ..self.clone()
        };
        services
            .iter()
            .filter(|service| others.keeps(service))
            .count()
    }

    /// How many services an audience would keep, the other choices staying.
    #[must_use]
    pub fn count_for(&self, audience: Option<Audience>, services: &[ServiceSummary]) -> usize {
        let others = Self {
            audience,
            ..self.clone()
        };
        services
            .iter()
            .filter(|service| others.keeps(service))
            .count()
    }

    /// How many services a theme would keep, the other choices staying.
    #[must_use]
    pub fn count_about(&self, theme: Option<&str>, services: &[ServiceSummary]) -> usize {
        let others = Self {
            theme: theme.map(ToOwned::to_owned),
            ..self.clone()
        };
        services
            .iter()
            .filter(|service| others.keeps(service))
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yichuang_contract::Text;

    fn service(trips: u8, scope: Scope, has_terminal: bool) -> ServiceSummary {
        ServiceSummary {
            code: "HJ-001".parse().expect("a service code"),
            name: Text::default(),
            summary: Text::default(),
            department: Department::Household,
            theme: "birth".into(),
            audience: vec![Audience::Individual],
            trips,
            handling: Handling::Promised,
            promised_days: 3,
            fee_from_fen: 0,
            fee_to_fen: 0,
            delivery: vec![Delivery::Post],
            has_terminal,
            scope,
            is_unsure: false,
            questions_at_most: 4,
        }
    }

    fn chosen(filters: &[Filter]) -> Selection {
        Selection {
            filters: filters.to_vec(),
            ..Selection::default()
        }
    }

    #[test]
    fn nothing_chosen_keeps_everything() {
        assert!(Selection::default().keeps(&service(2, Scope::City, false)));
    }

    #[test]
    fn filters_of_one_group_widen_and_groups_narrow() {
        let both = chosen(&[Filter::ZeroTrips, Filter::OneTrip]);
        assert!(both.keeps(&service(0, Scope::City, false)));
        assert!(both.keeps(&service(1, Scope::City, false)));
        assert!(!both.keeps(&service(2, Scope::City, false)));
        let narrowed = chosen(&[Filter::ZeroTrips, Filter::Nation]);
        assert!(!narrowed.keeps(&service(0, Scope::City, false)));
        assert!(narrowed.keeps(&service(0, Scope::Nation, false)));
    }

    #[test]
    fn several_ways_must_all_be_possible() {
        let ways = chosen(&[Filter::Terminal, Filter::Post]);
        assert!(!ways.keeps(&service(0, Scope::City, false)));
        assert!(ways.keeps(&service(0, Scope::City, true)));
    }

    #[test]
    fn the_number_beside_a_filter_is_what_choosing_it_would_show() {
        let services = [
            service(0, Scope::City, true),
            service(1, Scope::City, true),
            service(1, Scope::Nation, false),
        ];
        let selection = chosen(&[Filter::ZeroTrips]);
        assert_eq!(selection.count_with(Filter::OneTrip, &services), 2);
        assert_eq!(selection.count_with(Filter::Terminal, &services), 1);
        let on = chosen(&[Filter::ZeroTrips, Filter::Terminal]);
        assert_eq!(
            services.iter().filter(|service| on.keeps(service)).count(),
            1
        );
    }

    #[test]
    fn the_address_holds_the_selection() {
        let selection = Selection::read(
            "household",
            "birth",
            "individual",
            "post,nonsense,city,post",
        );
        assert_eq!(selection.department, Some(Department::Household));
        assert_eq!(selection.filters, [Filter::Post, Filter::City]);
        assert_eq!(selection.filter_value(), "post,city");
        assert_eq!(selection.toggled(Filter::Post), "city");
        assert!(Selection::read("nobody", "", "", "").is_empty());
    }
}
