//! Zipkin's variables that mean nothing here, queues apart ([`mod@super::unread`]). One that is set
//! gets a word at the start: whoever moves over must not learn from missing spans that a setting was ignored.
//!
//! Exact names only. Others that merely begin alike (`ES_HOME`, `CASSANDRA_HOME`) belong to somebody else.

use crate::messages::Say;

/// Variables with one answer.
struct Foreign {
    names: &'static [&'static str],
    say: fn(String) -> Say,
}

const ALL: [Foreign; 6] = [
    Foreign {
        names: &[
            "CASSANDRA_CONTACT_POINTS",
            "CASSANDRA_KEYSPACE",
            "CASSANDRA_LOCAL_DC",
            "CASSANDRA_ENSURE_SCHEMA",
            "CASSANDRA_USERNAME",
            "CASSANDRA_PASSWORD",
            "CASSANDRA_USE_SSL",
            "CASSANDRA_SSL_HOSTNAME_VALIDATION",
            "CASSANDRA_MAX_CONNECTIONS",
            "CASSANDRA_INDEX_FETCH_MULTIPLIER",
            "ES_HOSTS",
            "ES_INDEX",
            "ES_DATE_SEPARATOR",
            "ES_INDEX_SHARDS",
            "ES_INDEX_REPLICAS",
            "ES_ENSURE_TEMPLATES",
            "ES_TEMPLATE_PRIORITY",
            "ES_PIPELINE",
            "ES_TIMEOUT",
            "ES_USERNAME",
            "ES_PASSWORD",
            "ES_CREDENTIALS_FILE",
            "ES_CREDENTIALS_REFRESH_INTERVAL",
            "ES_HTTP_LOGGING",
            "ES_SSL_NO_VERIFY",
            "ES_HEALTH_CHECK_ENABLED",
            "ES_HEALTH_CHECK_INTERVAL",
            "ES_AWS_DOMAIN",
            "ES_AWS_REGION",
            "MYSQL_HOST",
            "MYSQL_TCP_PORT",
            "MYSQL_USER",
            "MYSQL_PASS",
            "MYSQL_DB",
            "MYSQL_MAX_CONNECTIONS",
            "MYSQL_USE_SSL",
            "MYSQL_JDBC_URL",
            "STACKDRIVER_PROJECT_ID",
            "STACKDRIVER_API_HOST",
            "STACKDRIVER_HTTP_LOGGING",
            "AWS_XRAY_DAEMON_ADDRESS",
        ],
        say: |names| Say::ForeignStore { names },
    },
    Foreign {
        names: &[
            "STORAGE_THROTTLE_ENABLED",
            "STORAGE_THROTTLE_MIN_CONCURRENCY",
            "STORAGE_THROTTLE_MAX_CONCURRENCY",
            "STORAGE_THROTTLE_MAX_QUEUE_SIZE",
        ],
        say: |names| Say::ForeignThrottle { names },
    },
    Foreign {
        names: &[
            "ZIPKIN_UI_BASEPATH",
            "ZIPKIN_UI_ENVIRONMENT",
            "ZIPKIN_UI_DEFAULT_LOOKBACK",
            "ZIPKIN_UI_LOGS_URL",
            "ZIPKIN_UI_SUPPORT_URL",
            "ZIPKIN_UI_ARCHIVE_POST_URL",
            "ZIPKIN_UI_ARCHIVE_URL",
            "ZIPKIN_UI_DEPENDENCY_ENABLED",
            "ZIPKIN_UI_DEPENDENCY_LOW_ERROR_RATE",
            "ZIPKIN_UI_DEPENDENCY_HIGH_ERROR_RATE",
        ],
        say: |names| Say::ForeignPage { names },
    },
    Foreign {
        names: &[
            "EUREKA_SERVICE_URL",
            "DISCOVERY_EUREKA_ENABLED",
            "EUREKA_APP_NAME",
            "EUREKA_INSTANCE_ID",
            "EUREKA_HOSTNAME",
            "QUERY_LOG_LEVEL",
        ],
        say: |names| Say::ForeignProcess { names },
    },
    Foreign { names: &["COLLECTOR_OTEL_RESOURCE_ATTRIBUTE_PREFIX"], say: |names| Say::ForeignAttributes { names } },
    Foreign { names: &["AUTOCOMPLETE_TTL"], say: |names| Say::ForeignCache { names } },
];

/// What to say of the variables that are set and not read.
pub fn notices(env: &dyn Fn(&str) -> Option<String>) -> Vec<Say> {
    ALL.iter()
        .filter_map(|foreign| {
            let is_set = |name: &&&str| env(name).is_some_and(|value| !value.is_empty());
            let set: Vec<&str> = foreign.names.iter().filter(is_set).copied().collect();
            (!set.is_empty()).then(|| (foreign.say)(set.join(", ")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::settings;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn variables_that_are_set_and_not_read_are_told_with_what_to_use() {
        let env = |name: &str| match name {
            "ES_HOSTS" | "ES_INDEX" => Some("x".to_owned()),
            "AUTOCOMPLETE_TTL" => Some("1".to_owned()),
            "MYSQL_HOST" => Some(String::new()),
            _ => None,
        };
        let told: Vec<String> = notices(&env).iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("ES_HOSTS, ES_INDEX: not read."), "{}", told[0]);
        assert!(told[1].contains("read from the stored spans"), "{}", told[1]);
        assert!(notices(&|_| None).is_empty());
    }

    #[test]
    fn no_variable_is_both_read_and_told_to_be_not() {
        let read: BTreeSet<&str> = settings::ALL.iter().flat_map(|setting| setting.foreign_names()).collect();
        let mut met = BTreeSet::new();
        for name in ALL.iter().flat_map(|foreign| foreign.names) {
            assert!(!read.contains(name), "{name} is read");
            assert!(met.insert(name), "{name} stands there twice");
        }
    }
}
