//! Services: a port that clients dial, a stable version behind it and perhaps one that is tried.

use super::field::{Field, Log, Object};
use super::model::{Burn, Intents, Ports, Rollback, Rollout, Service, Sticky, Worse};
use super::values::{self, NAME_BYTES_MAX};
use crate::messages::{Fact, Hint};
use crate::services::Services;
use nines_yaml::clipped;

const SERVICE_KEYS: [&str; 5] = ["listen", "stable", "canary", "from", "rollout"];
const ROLLOUT_KEYS: [&str; 7] = ["steps", "bake", "min_requests", "sticky", "slo", "rollback", "stale_after"];
const ROLLBACK_KEYS: [&str; 3] = ["burn", "worse_than_stable", "connections"];

/// Most steps of a rollout: each takes minutes.
const STEPS_MAX: usize = 100;

/// Reads `services`.
pub(super) fn read(field: &Field<'_>, intents: &Intents, services: &Services, log: &mut Log<'_>) -> Vec<Service> {
    let Some(object) = field.mapping("services: { shop: { listen: 80, stable: 8080 } }", log) else {
        return Vec::new();
    };
    let mut read = Vec::new();
    for (name, entry) in object.fields() {
        if !values::is_name(name) {
            let fact = Fact::BadServiceName { name: clipped(name), limit: NAME_BYTES_MAX };
            log.error(entry.key_at, &entry.path, fact, Hint::NamesAre);
            continue;
        }
        read.extend(read_service(name, &entry, intents, services, log));
    }
    read
}

fn read_service(
    name: &str,
    entry: &Field<'_>,
    intents: &Intents,
    services: &Services,
    log: &mut Log<'_>,
) -> Option<Service> {
    let object = entry.object(&SERVICE_KEYS, "shop: { listen: 80, stable: 8080, canary: 8081 }", log)?;
    let listen_field = object.require("listen", "listen: 80", log);
    let listen = listen_field.as_ref().and_then(|field| one_port(field, services, log));
    let stable_field = object.require("stable", "stable: 8080", log);
    let stable = stable_field.as_ref().and_then(|field| one_port(field, services, log));
    let canary_field = object.get("canary");
    let canary = canary_field.as_ref().and_then(|field| one_port(field, services, log));
    let from = object.get("from").map(|field| values::from(&field, &intents.lists, log)).unwrap_or_default();
    let rollout_field = object.get("rollout");
    let rollout = rollout_field.as_ref().and_then(|field| read_rollout(field, log));
    if let Some(field) = rollout_field.filter(|_| canary_field.is_none()) {
        let hint = Hint::Add { example: "canary: 8081".to_owned() };
        log.error(field.key_at, &field.path, Fact::RolloutWithoutCanary, hint);
    }
    let backends = [(&stable_field, stable), (&canary_field, canary)];
    for (field, port) in backends.iter().filter_map(|(field, port)| field.as_ref().zip(*port)) {
        if Some(port) == listen {
            field.fault(log, Fact::BackendListens { ports: port.text() }, Hint::OtherBackend);
        }
    }
    if let (Some(field), true) = (&canary_field, canary.is_some() && canary == stable) {
        field.fault(
            log,
            Fact::CanaryIsStable { ports: canary.map(|port| port.text()).unwrap_or_default() },
            Hint::OtherBackend,
        );
    }
    let place = log.place(entry.key_at);
    let canary = match canary_field {
        Some(_) => Some(canary?.range.first),
        None => None,
    };
    Some(Service { name: name.to_owned(), listen: listen?, stable: stable?.range.first, canary, from, rollout, place })
}

/// One port, no range and not all.
fn one_port(field: &Field<'_>, services: &Services, log: &mut Log<'_>) -> Option<Ports> {
    let ports = values::ports(field, services, log)?;
    if !ports.has_ports() || ports.range.first != ports.range.last {
        field.fault(log, Fact::NotOnePort { value: ports.text() }, Hint::WriteAs { example: "8080".into() });
        return None;
    }
    Some(ports)
}

fn read_rollout(field: &Field<'_>, log: &mut Log<'_>) -> Option<Rollout> {
    let object = field.object(&ROLLOUT_KEYS, "rollout: { steps: [1, 5, 25, 100], bake: 5m }", log)?;
    let steps = object.require("steps", "steps: [1, 5, 10, 25, 50, 100]", log);
    let steps = steps.and_then(|field| read_steps(&field, log));
    let bake = object.require("bake", "bake: 5m", log).and_then(|field| values::duration(&field, "5m", log));
    let requests_min = match object.get("min_requests") {
        Some(field) => field.whole(1, u32::MAX, "min_requests: 300", log),
        None => Some(REQUESTS_USUAL_MIN),
    };
    let sticky = match object.get("sticky") {
        Some(field) => field.choice(&[("client", Sticky::Client), ("connection", Sticky::Connection)], log),
        None => Some(Sticky::default()),
    };
    let slo = object.get("slo").and_then(|field| field.word("slo: checkout-availability", log)).map(str::to_owned);
    let stale = object.get("stale_after").map(|field| values::duration(&field, "10m", log));
    let rollback = match object.get("rollback") {
        Some(field) => read_rollback(&field, log),
        None => Some(ROLLBACK_USUAL),
    };
    let bake_seconds = bake?;
    let stale_after_seconds = stale.unwrap_or(Some(2 * bake_seconds))?;
    Some(Rollout {
        steps: steps?,
        bake_seconds,
        requests_min: requests_min?,
        sticky: sticky?,
        slo,
        stale_after_seconds,
        rollback: rollback?,
    })
}

/// Requests a step needs where nothing is said: fewer do not tell 1 % from 2 %.
const REQUESTS_USUAL_MIN: u32 = 300;

/// The way back where nothing is said: the fast burn of the multi-window alerts, and the comparison with stable.
const ROLLBACK_USUAL: Rollback = Rollback {
    burn: Some(Burn { factor_thousandths: 14_400, short_seconds: 60, long_seconds: 300 }),
    worse_than_stable: Some(WORSE_USUAL),
    drain_seconds: 30,
    reset: true,
};

/// One false return in a hundred, and twice the errors borne.
const WORSE_USUAL: Worse = Worse { alpha: 0.01, tolerate: 2.0 };

/// Per cent of the traffic, rising, with at most two decimals, the last 100.
fn read_steps(field: &Field<'_>, log: &mut Log<'_>) -> Option<Vec<u16>> {
    let items = field.items("steps: [1, 5, 10, 25, 50, 100]", log)?;
    if items.is_empty() || items.len() > STEPS_MAX {
        field.fault(log, Fact::StepsCount { n_steps: items.len(), limit: STEPS_MAX }, Hint::StepsAre);
        return None;
    }
    let mut steps: Vec<u16> = Vec::new();
    for item in &items {
        let text = item.word("1", log)?;
        let Some(step) = hundredths(text.trim_end_matches('%').trim_end()) else {
            item.fault(log, Fact::NotAStep { value: clipped(text) }, Hint::StepsAre);
            return None;
        };
        if steps.last().is_some_and(|last| *last >= step) {
            item.fault(log, Fact::StepsFall { value: clipped(text) }, Hint::StepsAre);
            return None;
        }
        steps.push(step);
    }
    if let (Some(last), Some(item)) = (steps.last().filter(|last| **last != FULL), items.last()) {
        let fact = Fact::StepsEndBelow { last: format!("{}", f64::from(*last) / 100.0) };
        item.fault(log, fact, Hint::StepsAre);
        return None;
    }
    Some(steps)
}

/// All of the traffic, in hundredths of a per cent.
const FULL: u16 = 10_000;

fn hundredths(text: &str) -> Option<u16> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 || whole.len() > 3 {
        return None;
    }
    let part: u16 = format!("{part:0<2}").parse().ok()?;
    let step = whole.parse::<u16>().ok()? * 100 + part;
    (1..=FULL).contains(&step).then_some(step)
}

fn read_rollback(field: &Field<'_>, log: &mut Log<'_>) -> Option<Rollback> {
    let object = field.object(&ROLLBACK_KEYS, "rollback: { burn: 14.4 over 1m and 5m }", log)?;
    let burn = object.get("burn").map(|field| read_burn(&field, log));
    let worse = object.get("worse_than_stable").map(|field| read_worse(&field, log));
    let connections = match object.get("connections") {
        Some(field) => read_connections(&field, log),
        None => Some((ROLLBACK_USUAL.drain_seconds, ROLLBACK_USUAL.reset)),
    };
    if burn.is_none() && worse.is_none() {
        field.fault(log, Fact::NoWayBack, Hint::Add { example: "burn: 14.4 over 1m and 5m".into() });
        return None;
    }
    let (drain_seconds, reset) = connections?;
    let (burn, worse_than_stable) =
        (burn.map_or(Some(None), |burn| burn.map(Some))?, worse.map_or(Some(None), |worse| worse.map(Some))?);
    Some(Rollback { burn, worse_than_stable, drain_seconds, reset })
}

/// `14.4 over 1m and 5m`.
fn read_burn(field: &Field<'_>, log: &mut Log<'_>) -> Option<Burn> {
    let text = field.word("14.4 over 1m and 5m", log)?;
    let read = || {
        let (factor, windows) = text.split_once(" over ")?;
        let (short, long) = windows.split_once(" and ")?;
        let factor: f64 = factor.trim().parse().ok()?;
        let factor_thousandths = (factor * 1000.0).round();
        let in_bounds = (1.0..=1_000_000.0).contains(&factor_thousandths);
        let (short, long) = (values::seconds(short.trim())?, values::seconds(long.trim())?);
        in_bounds.then_some((factor_thousandths as u32, short, long))
    };
    let Some((factor_thousandths, short_seconds, long_seconds)) = read() else {
        field.fault(
            log,
            Fact::NotABurn { value: clipped(text) },
            Hint::WriteAs { example: "14.4 over 1m and 5m".into() },
        );
        return None;
    };
    if short_seconds == 0 || short_seconds >= long_seconds {
        field.fault(log, Fact::WindowsReversed, Hint::WriteAs { example: "14.4 over 1m and 5m".into() });
        return None;
    }
    Some(Burn { factor_thousandths, short_seconds, long_seconds })
}

fn read_worse(field: &Field<'_>, log: &mut Log<'_>) -> Option<Worse> {
    let object = field.object(&["alpha", "tolerate"], "worse_than_stable: { alpha: 0.01, tolerate: 2 }", log)?;
    let number = |object: &Object<'_>, key: &str, usual: f64, is_fine: fn(f64) -> bool, log: &mut Log<'_>| {
        let Some(field) = object.get(key) else { return Some(usual) };
        let text = field.word(&format!("{key}: {usual}"), log)?;
        let value = text.trim_end_matches('x').parse().ok().filter(|value| is_fine(*value));
        if value.is_none() {
            let fact = Fact::OutOfBounds { field: key.to_owned(), value: clipped(text) };
            field.fault(log, fact, Hint::WriteAs { example: format!("{key}: {usual}") });
        }
        value
    };
    let alpha = number(&object, "alpha", WORSE_USUAL.alpha, |alpha| alpha > 0.0 && alpha < 1.0, log);
    let tolerate = number(&object, "tolerate", WORSE_USUAL.tolerate, |times| (1.0..=1000.0).contains(&times), log);
    Some(Worse { alpha: alpha?, tolerate: tolerate? })
}

/// `drain 30s then reset`, `drain 30s`, `reset`.
fn read_connections(field: &Field<'_>, log: &mut Log<'_>) -> Option<(u64, bool)> {
    let text = field.word("drain 30s then reset", log)?;
    let drain = |rest: &str| values::seconds(rest.trim());
    let read = match text {
        "reset" => Some((0, true)),
        _ => text.strip_prefix("drain ").and_then(|rest| match rest.strip_suffix(" then reset") {
            Some(time) => drain(time).map(|seconds| (seconds, true)),
            None => drain(rest).map(|seconds| (seconds, false)),
        }),
    };
    if read.is_none() {
        let fact = Fact::NotAnEnding { value: clipped(text) };
        field.fault(log, fact, Hint::WriteAs { example: "drain 30s then reset".into() });
    }
    read
}
