//! Which page a path is.

use std::borrow::Cow;

/// Paths of the page, as its own routes have them (`web/src/url/routes.ts`).
pub(super) const PATHS: [&str; 18] = [
    "/",
    "/slos",
    "/slos/{name}",
    "/stories",
    "/traces",
    "/trace/{id}",
    "/compare/{a}/{b}",
    "/map",
    "/alerts",
    "/traffic",
    "/traffic/plan/{id}",
    "/traffic/explain",
    "/toil",
    "/runbooks",
    "/runbooks/{id}",
    "/runs/{id}",
    "/definitions",
    "/settings",
];

/// What a path shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Shown<'p> {
    Overview,
    Slos,
    Slo(Cow<'p, str>),
    Stories,
    Traces,
    Trace(Cow<'p, str>),
    Compare,
    Map,
    Alerts,
    Traffic,
    TrafficPlan(Cow<'p, str>),
    TrafficExplain,
    Toil,
    Runbooks,
    Runbook(Cow<'p, str>),
    Run(Cow<'p, str>),
    Definitions,
    Settings,
    Nothing,
}

impl<'p> Shown<'p> {
    pub(super) fn of(path: &'p str) -> Shown<'p> {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        match segments.as_slice() {
            [] => Shown::Overview,
            ["slos"] => Shown::Slos,
            ["slos", name] => decoded(name).map_or(Shown::Nothing, Shown::Slo),
            ["stories"] => Shown::Stories,
            ["traces"] => Shown::Traces,
            ["trace", id] => decoded(id).map_or(Shown::Nothing, Shown::Trace),
            ["compare", _, _] => Shown::Compare,
            ["map"] => Shown::Map,
            ["alerts"] => Shown::Alerts,
            ["traffic"] => Shown::Traffic,
            ["traffic", "plan", id] => decoded(id).map_or(Shown::Nothing, Shown::TrafficPlan),
            ["traffic", "explain"] => Shown::TrafficExplain,
            ["toil"] => Shown::Toil,
            ["runbooks"] => Shown::Runbooks,
            ["runbooks", id] => decoded(id).map_or(Shown::Nothing, Shown::Runbook),
            ["runs", id] => decoded(id).map_or(Shown::Nothing, Shown::Run),
            ["definitions"] => Shown::Definitions,
            ["settings"] => Shown::Settings,
            _ => Shown::Nothing,
        }
    }
}

fn decoded(segment: &str) -> Option<Cow<'_, str>> {
    percent_encoding::percent_decode_str(segment).decode_utf8().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_of_the_page_shows_something() {
        for path in PATHS {
            assert_ne!(Shown::of(path), Shown::Nothing, "{path}");
        }
        assert_eq!(Shown::of("/nowhere"), Shown::Nothing);
        assert_eq!(Shown::of("/slos/a/b"), Shown::Nothing);
    }

    #[test]
    fn names_in_a_path_are_decoded() {
        assert_eq!(Shown::of("/slos/%EA%B2%B0%EC%A0%9C"), Shown::Slo("결제".into()));
        assert_eq!(Shown::of("/slos/%FF"), Shown::Nothing);
    }
}
