//! Names in use, counted so that they go when the last span that has them goes: services, their
//! operations, and the services on their other side.

use std::collections::BTreeMap;

/// Names kept under one service, and services kept at all. Names with ids in them must cost memory
/// only up to here; beyond, a new name is stored with its spans but not listed.
pub const NAMES_PER_SERVICE_MAX: usize = 20_000;

/// Services listed. A fleet of ten thousand services is beyond any known one.
pub const SERVICES_MAX: usize = 10_000;

type Counts = BTreeMap<String, u64>;

/// A counted set of (service, operation, remote service) triples.
#[derive(Default, Debug)]
pub struct Names {
    /// By the service's name in Unicode lower case, which is how look-ups compare.
    services: BTreeMap<String, ServiceNames>,
}

#[derive(Default, Debug)]
struct ServiceNames {
    spellings: Counts,
    operations: Counts,
    remotes: Counts,
}

impl Names {
    /// Counts a triple in. Empty names are not listed, nor is anything of an empty service.
    pub fn add(&mut self, service: &str, operation: &str, remote: &str) {
        let key = service.to_lowercase();
        if service.is_empty() || (self.services.len() >= SERVICES_MAX && !self.services.contains_key(&key)) {
            return;
        }
        let names = self.services.entry(key).or_default();
        add(&mut names.spellings, service);
        add(&mut names.operations, operation);
        add(&mut names.remotes, remote);
    }

    /// Counts a triple out that was counted in before.
    pub fn remove(&mut self, service: &str, operation: &str, remote: &str) {
        let key = service.to_lowercase();
        let Some(names) = self.services.get_mut(&key) else { return };
        remove(&mut names.spellings, service);
        remove(&mut names.operations, operation);
        remove(&mut names.remotes, remote);
        if names.spellings.is_empty() {
            self.services.remove(&key);
        }
    }

    /// Services as sent, sorted.
    pub fn services(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.services.values().flat_map(|service| service.spellings.keys().cloned()).collect();
        names.sort();
        names
    }

    /// Operations of a service, whatever the case of its letters, sorted.
    pub fn operations(&self, service: &str) -> Vec<String> {
        self.of(service, |names| &names.operations)
    }

    /// Services on the other side of a service's spans, sorted.
    pub fn remote_services(&self, service: &str) -> Vec<String> {
        self.of(service, |names| &names.remotes)
    }

    fn of(&self, service: &str, which: fn(&ServiceNames) -> &Counts) -> Vec<String> {
        let names = self.services.get(&service.to_lowercase());
        names.map(|names| which(names).keys().cloned().collect()).unwrap_or_default()
    }
}

fn add(counts: &mut Counts, name: &str) {
    if let Some(count) = counts.get_mut(name) {
        *count += 1;
    } else if !name.is_empty() && counts.len() < NAMES_PER_SERVICE_MAX {
        counts.insert(name.to_owned(), 1);
    }
}

fn remove(counts: &mut Counts, name: &str) {
    if let Some(count) = counts.get_mut(name) {
        *count -= 1;
        if *count == 0 {
            counts.remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_with_the_last_span_that_has_them() {
        let mut names = Names::default();
        names.add("Web", "get /", "api");
        names.add("web", "get /", "");
        names.add("", "lost", "lost");
        assert_eq!(names.services(), ["Web", "web"]);
        assert_eq!(names.operations("WEB"), ["get /"]);
        assert_eq!(names.remote_services("web"), ["api"]);
        names.remove("Web", "get /", "api");
        assert_eq!(names.services(), ["web"]);
        assert_eq!(names.operations("web"), ["get /"]);
        assert!(names.remote_services("web").is_empty());
        names.remove("web", "get /", "");
        assert!(names.services().is_empty());
    }

    #[test]
    fn names_with_ids_in_them_are_listed_up_to_the_limit() {
        let mut names = Names::default();
        for id in 0..NAMES_PER_SERVICE_MAX + 10 {
            names.add("web", &format!("get /{id}"), "");
        }
        assert_eq!(names.operations("web").len(), NAMES_PER_SERVICE_MAX);
    }
}
