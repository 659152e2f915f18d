//! A block's operations by their service: a search for one service looks at its operations alone.

use crate::columns::Tables;
use crate::hash::hash_bytes;
use nines_trace::names::lower;

/// Numbers of operations, those of one service beside each other.
pub struct ByService {
    operations: Vec<u32>,
    services: Vec<ServiceEnd>,
}

struct ServiceEnd {
    /// Of its name in lower case: it is told from others without a look at their names.
    hash: u64,
    /// The number of its name.
    name: u32,
    /// Where its operations end.
    end: u32,
}

impl ByService {
    /// The operations of a block's tables.
    pub fn new(tables: &Tables) -> ByService {
        let service_of = |operation: &u32| tables.operations[*operation as usize].service;
        let mut operations: Vec<u32> = (0..tables.operations.len() as u32).collect();
        operations.sort_by_key(service_of);
        let mut end = 0;
        let chunks = operations.chunk_by(|a, b| service_of(a) == service_of(b));
        let services = chunks.map(|chunk| {
            end += chunk.len() as u32;
            let name = service_of(&chunk[0]);
            ServiceEnd { hash: hash_of(&lower(tables.names.get(name))), name, end }
        });
        ByService { services: services.collect(), operations }
    }

    /// Numbers of the names that are one of these in lower case, and, very seldom, of one more.
    pub fn named(&self, lower_names: &[String]) -> Vec<u32> {
        let hashes: Vec<u64> = lower_names.iter().map(|name| hash_of(name)).collect();
        self.services.iter().filter(|service| hashes.contains(&service.hash)).map(|service| service.name).collect()
    }

    /// Each service: the number of its name, and its operations.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let mut from = 0;
        self.services.iter().map(move |service| {
            let of_service = from..service.end as usize;
            from = of_service.end;
            (service.name, &self.operations[of_service])
        })
    }
}

fn hash_of(lower_name: &str) -> u64 {
    hash_bytes(lower_name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Operation;
    use nines_span::Kind;
    use std::sync::Arc;

    #[test]
    fn services_are_found_by_their_names_in_lower_case() {
        let mut tables = Tables::default();
        let names = ["api", "Web", "WEB", "주문"].map(|name| Arc::make_mut(&mut tables.names).push(name));
        let operation = |service| Operation { service, name: 0, remote: 0, kind: Kind::Server };
        tables.operations = Arc::new(names.map(operation).to_vec());
        let by_service = ByService::new(&tables);
        assert_eq!(by_service.named(&["web".into()]), names[1..3]);
        assert_eq!(by_service.named(&["주문".into(), "api".into()]), [names[0], names[3]]);
        assert_eq!(by_service.named(&["none".into()]), [0; 0]);
    }

    #[test]
    fn every_operation_stands_with_its_service() {
        let of = |services: &[u32]| {
            let operation = |service: &u32| Operation { service: *service, name: 0, remote: 0, kind: Kind::Server };
            let mut tables = Tables::default();
            tables.operations = Arc::new(services.iter().map(operation).collect());
            tables
        };
        let by_service = ByService::new(&of(&[3, 1, 3, 0, 1]));
        assert_eq!(by_service.iter().collect::<Vec<_>>(), [(0, &[3][..]), (1, &[1, 4]), (3, &[0, 2])]);
        assert_eq!(ByService::new(&of(&[])).iter().count(), 0);
    }
}
