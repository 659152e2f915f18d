//! Zipkin's variables that ask for something this server does not do: told, not passed over in silence.

use super::foreign;
use crate::messages::Say;

/// What makes Zipkin read from a queue: the variable that names it, the one that can turn it off, its name.
const QUEUES: [(&str, &str, &str); 8] = [
    ("KAFKA_BOOTSTRAP_SERVERS", "COLLECTOR_KAFKA_ENABLED", "Kafka"),
    ("RABBIT_ADDRESSES", "COLLECTOR_RABBITMQ_ENABLED", "RabbitMQ"),
    ("RABBIT_URI", "COLLECTOR_RABBITMQ_ENABLED", "RabbitMQ"),
    ("ACTIVEMQ_URL", "COLLECTOR_ACTIVEMQ_ENABLED", "ActiveMQ"),
    ("PULSAR_SERVICE_URL", "COLLECTOR_PULSAR_ENABLED", "Pulsar"),
    ("SQS_QUEUE_URL", "COLLECTOR_SQS_ENABLED", "SQS"),
    ("KINESIS_STREAM_NAME", "COLLECTOR_KINESIS_ENABLED", "Kinesis"),
    ("PUBSUB_SUBSCRIPTION", "COLLECTOR_PUBSUB_ENABLED", "Pub/Sub"),
];

/// Scribe is off in Zipkin unless this is true.
const SCRIBE: &str = "COLLECTOR_SCRIBE_ENABLED";

/// What the environment asks for in vain.
pub fn unread(env: &dyn Fn(&str) -> Option<String>) -> Vec<Say> {
    let is = |variable: &str, value: &str| env(variable).is_some_and(|text| text.eq_ignore_ascii_case(value));
    let is_set = |variable: &str| env(variable).is_some_and(|text| !text.is_empty());
    let queues = QUEUES.iter().filter(|(variable, switch, _)| is_set(variable) && !is(switch, "false"));
    let queues = queues.map(|(variable, _, queue)| (*variable, *queue));
    let scribe = is(SCRIBE, "true").then_some((SCRIBE, "Scribe"));
    let mut told: Vec<Say> = queues
        .chain(scribe)
        .map(|(variable, queue)| Say::QueueNotRead { variable: variable.to_owned(), queue: queue.to_owned() })
        .collect();
    told.extend(foreign::notices(env));
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(variables: &[(&str, &str)], expect: &[&str]) {
        let env = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let told: Vec<String> = unread(&env).iter().map(|say| say.to_string()).collect();
        let first: Vec<&str> = told.iter().map(|text| text.split(' ').next().unwrap()).collect();
        assert_eq!(first, expect, "{told:?}");
    }

    #[test]
    fn what_is_asked_for_in_vain_is_told_and_nothing_else() {
        check(&[], &[]);
        check(&[("KAFKA_BOOTSTRAP_SERVERS", "k:9092"), ("RABBIT_URI", "")], &["KAFKA_BOOTSTRAP_SERVERS"]);
        check(&[("KAFKA_BOOTSTRAP_SERVERS", "k:9092"), ("COLLECTOR_KAFKA_ENABLED", "false")], &[]);
        check(&[("COLLECTOR_SCRIBE_ENABLED", "false")], &[]);
        check(&[("COLLECTOR_SCRIBE_ENABLED", "true")], &["COLLECTOR_SCRIBE_ENABLED"]);
        check(&[("COLLECTOR_SAMPLE_RATE", "0.1")], &[]);
    }
}
