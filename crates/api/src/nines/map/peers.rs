//! What those are that are called and send no spans themselves.

use super::times::Times;
use crate::App;
use crate::nines::problem::Problem;
use crate::nines::reading;
use crate::nines::request::Asked;
use nines_storage::aggregate::KeyPart;
use nines_storage::{AggregateQuery, Dimension, Window};
use nines_trace::filter::Filter;
use nines_trace::names::lower;
use std::collections::HashSet;
use std::sync::Arc;

/// Tags by which a caller says that it asks a database: OpenTelemetry's two, then Brave's.
const DATABASE_TAGS: [&str; 3] = ["db.system.name", "db.system", "sql.query"];

/// Words in names of databases, for callers that set no tag.
const DATABASE_WORDS: [&str; 14] = [
    "sql",
    "postgres",
    "maria",
    "oracle",
    "redis",
    "memcache",
    "cassandra",
    "mongo",
    "elastic",
    "opensearch",
    "dynamo",
    "influx",
    "couch",
    "neo4j",
];

/// Words in names of brokers, for callers that do not say that they send messages.
const BROKER_WORDS: [&str; 8] = ["kafka", "rabbit", "nats", "pulsar", "activemq", "sqs", "kinesis", "pubsub"];

/// Knows who is what.
pub(super) struct Peers {
    services: HashSet<String>,
    databases: HashSet<String>,
    brokers: HashSet<String>,
}

impl Peers {
    /// Asks the store who sends spans, and whom callers say to be a database.
    pub(super) async fn read(app: &Arc<App>, asked: &Asked, window: Window, times: &Times) -> Result<Peers, Problem> {
        let store = app.store.clone();
        let services = reading(asked.lang, move || store.services()).await?;
        let mut databases = HashSet::new();
        for tag in DATABASE_TAGS {
            databases.extend(called_with(tag, app, asked, window).await?);
        }
        let services = services.iter().map(|name| lower(name).into_owned()).collect();
        Ok(Peers { services, databases, brokers: times.brokers.clone() })
    }

    /// `service`, `database`, `queue` or `external`.
    pub(super) fn kind_of(&self, name: &str) -> &'static str {
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        match name {
            _ if self.services.contains(name) => "service",
            _ if self.databases.contains(name) => "database",
            _ if self.brokers.contains(name) || has(&BROKER_WORDS) => "queue",
            _ if has(&DATABASE_WORDS) => "database",
            _ => "external",
        }
    }
}

async fn called_with(tag: &str, app: &Arc<App>, asked: &Asked, window: Window) -> Result<Vec<String>, Problem> {
    let filter = Filter::parse(&format!("kind=client {tag}")).map_err(|error| Problem::filter(asked.lang, &error))?;
    let by = vec![Dimension::Remote];
    let query = AggregateQuery::new(filter, window, by, AggregateQuery::groups_allowed(false), false);
    let query = query.map_err(|fault| Problem::internal(asked.lang, &fault.to_string()))?;
    let store = app.store.clone();
    let found = reading(asked.lang, move || store.aggregate(&query)).await?;
    let names = found.value.groups.iter().filter_map(|group| match &group.key[..] {
        [KeyPart::Text(name)] => Some(lower(name).into_owned()),
        _ => None,
    });
    Ok(names.collect())
}
