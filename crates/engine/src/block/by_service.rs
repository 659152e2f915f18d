//! A block's operations by their service: a search for one service looks at its operations alone.

use crate::columns::Tables;

/// Numbers of operations, those of one service beside each other.
pub struct ByService {
    operations: Vec<u32>,
    /// For each service: the number of its name, and where its operations end.
    services: Vec<(u32, u32)>,
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
            (service_of(&chunk[0]), end)
        });
        ByService { services: services.collect(), operations }
    }

    /// Each service: the number of its name, and its operations.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let mut from = 0;
        self.services.iter().map(move |(name, end)| {
            let of_service = from..*end as usize;
            from = of_service.end;
            (*name, &self.operations[of_service])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Operation;
    use nines_span::Kind;
    use std::sync::Arc;

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
