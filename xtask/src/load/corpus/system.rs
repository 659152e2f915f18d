//! The simulated system: twenty services of ten operations, five instances each, who calls whom, and what
//! they ask of databases. It is the same for every seed; seeds choose what happens in it.

use super::super::chance::Chance;

/// Names of the services; a call goes from an earlier to a later one.
pub const SERVICES: [&str; 20] = [
    "web",
    "api-gateway",
    "checkout",
    "cart",
    "product-catalog",
    "payment",
    "user-profile",
    "auth",
    "inventory",
    "search",
    "recommendation",
    "shipping",
    "pricing",
    "notification",
    "email",
    "ads",
    "currency",
    "fraud-detection",
    "order-history",
    "image-resizer",
];

/// Instances of each service; every one reports for itself.
pub const N_INSTANCES: usize = 5;

/// The first services from which calls go nowhere but to databases and topics.
const FIRST_LEAF: usize = 15;

/// What the operations are about.
pub const RESOURCES: [&str; 10] =
    ["orders", "items", "users", "sessions", "prices", "quotes", "products", "events", "tokens", "reviews"];

/// Databases: system, host, port.
pub const DATABASES: [(&str, &str, u16); 4] = [
    ("postgresql", "orders-db", 5432),
    ("mysql", "catalog-db", 3306),
    ("redis", "session-cache", 6379),
    ("cassandra", "events-db", 9042),
];

/// Statements of each database.
pub const N_STATEMENTS: usize = 6;

/// Seed of the system itself.
const SEED: u64 = 42;

/// One process of a service.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Its name, as an orchestrator would give it.
    pub name: String,
    /// Its address.
    pub ip: u32,
}

/// A call that an operation may make.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// To this service…
    pub service: usize,
    /// …and operation…
    pub operation: usize,
    /// …in this share of the cases.
    pub share: f64,
}

/// An operation of a service.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its name: method and route.
    pub name: String,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, without an id.
    pub path: String,
    /// Whether the path ends with an id.
    pub has_id: bool,
    /// Calls to other services.
    pub calls: Vec<Call>,
    /// Statements to the service's database, and how often.
    pub statements: Vec<(usize, f64)>,
    /// Median of its own duration, microseconds.
    pub median_us: f64,
}

/// A service.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its release.
    pub version: String,
    /// Whether it joins the caller's span id, as Brave does; otherwise it makes its own, as OpenTelemetry does.
    pub joins: bool,
    /// Its database.
    pub database: usize,
    /// Its instances.
    pub instances: Vec<Instance>,
    /// Its operations.
    pub operations: Vec<Operation>,
}

/// The whole system.
#[derive(Clone, Debug)]
pub struct System {
    /// All services.
    pub services: Vec<Service>,
    /// Statements by database.
    pub statements: Vec<Vec<String>>,
}

impl System {
    /// Builds it.
    pub fn new() -> System {
        let mut chance = Chance::new(SEED);
        System {
            services: (0..SERVICES.len()).map(|service| build_service(service, &mut chance)).collect(),
            statements: (0..DATABASES.len()).map(build_statements).collect(),
        }
    }
}

fn build_service(service: usize, chance: &mut Chance) -> Service {
    let name = SERVICES[service];
    let instance = |place: usize, chance: &mut Chance| Instance {
        name: format!("{name}-{:08x}-{:05x}", (service as u32).wrapping_mul(0x9e37_79b1), chance.bits() & 0xf_ffff),
        ip: 0x0a00_0000 + ((service as u32) << 8) + place as u32 + 10,
    };
    Service {
        version: format!("v1.{}.{}", chance.below(50), chance.below(10)),
        joins: service.is_multiple_of(2),
        database: chance.below(DATABASES.len()),
        instances: (0..N_INSTANCES).map(|place| instance(place, chance)).collect(),
        operations: (0..RESOURCES.len()).map(|operation| build_operation(service, operation, chance)).collect(),
    }
}

fn build_operation(service: usize, operation: usize, chance: &mut Chance) -> Operation {
    let has_id = operation % 3 != 2;
    let method = *chance.one_of(&["GET", "GET", "POST", "PUT", "DELETE"]);
    let path = format!("/api/v1/{}/{}", SERVICES[service], RESOURCES[operation]);
    let n_calls = if service < FIRST_LEAF { 1 + chance.below(4) } else { 0 };
    let call = |chance: &mut Chance| Call {
        service: (service + 1 + chance.zipf_below(SERVICES.len(), 0.7)).min(SERVICES.len() - 1),
        operation: chance.zipf_below(RESOURCES.len(), 0.9),
        share: 0.5 + 0.5 * chance.share(),
    };
    Operation {
        name: format!("{} {path}{}", method.to_lowercase(), if has_id { "/{id}" } else { "" }),
        method,
        path,
        has_id,
        calls: (0..n_calls).map(|_| call(chance)).collect(),
        statements: (0..1 + chance.below(2))
            .map(|_| (chance.below(N_STATEMENTS), 0.4 + 0.6 * chance.share()))
            .collect(),
        median_us: 800.0 * (1.0 + 20.0 * chance.share()),
    }
}

fn build_statements(database: usize) -> Vec<String> {
    const CACHE: [&str; N_STATEMENTS] =
        ["GET session:?", "SET session:? ?", "HGETALL cart:?", "EXPIRE session:? ?", "MGET price:?", "DEL token:?"];
    const COLUMNS: [&str; N_STATEMENTS] =
        ["id, status, total", "*", "name, price, currency", "count(*)", "user_id, email", "sku, qty"];
    const KEYS: [&str; N_STATEMENTS] = ["id", "user_id", "order_id", "sku", "status", "tenant_id"];
    if DATABASES[database].0 == "redis" {
        return CACHE.map(str::to_owned).to_vec();
    }
    (0..N_STATEMENTS)
        .map(|place| {
            let (columns, table, key) = (COLUMNS[place], RESOURCES[place + database], KEYS[place]);
            format!("SELECT {columns} FROM {table} WHERE {key} = ? ORDER BY created_at LIMIT ?")
        })
        .collect()
}
