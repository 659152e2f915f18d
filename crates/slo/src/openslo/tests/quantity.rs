use crate::model::CalendarUnit;
use crate::openslo::quantity::{Decimal, PpbFault, Shorthand, ShorthandFault};
use crate::openslo::words::{is_annotation_key, is_label_key, is_name, name_like};
use nines_base::DurationUs;

fn check_ppb(text: &str, shift: i64, expect: Result<u32, PpbFault>) {
    assert_eq!(Decimal::parse(text).unwrap().ppb(shift), expect, "{text}");
}

#[test]
fn shares_are_exact_to_a_billionth_and_never_pass_through_a_float() {
    check_ppb("0", 0, Ok(0));
    check_ppb("0.0", 0, Ok(0));
    check_ppb("-0", 0, Ok(0));
    check_ppb("0.999", 0, Ok(999_000_000));
    check_ppb(".5", 0, Ok(500_000_000));
    check_ppb("0.9990000000000000", 0, Ok(999_000_000));
    check_ppb("0.999999999", 0, Ok(999_999_999));
    check_ppb("9.99e-1", 0, Ok(999_000_000));
    check_ppb("999E-3", 0, Ok(999_000_000));
    check_ppb("1", 0, Ok(1_000_000_000));
    check_ppb("1.000", 0, Ok(1_000_000_000));
    check_ppb("0.9999999999", 0, Err(PpbFault::TooFine));
    check_ppb("1e-10", 0, Err(PpbFault::TooFine));
    check_ppb("1.000000001", 0, Err(PpbFault::AboveOne));
    check_ppb("99.9", 0, Err(PpbFault::AboveOne));
    check_ppb("1e99999", 0, Err(PpbFault::AboveOne));
    check_ppb("-0.1", 0, Err(PpbFault::Negative));
}

#[test]
fn percentages_are_exact_to_seven_decimals() {
    check_ppb("99.9", 2, Ok(999_000_000));
    check_ppb("99.99999", 2, Ok(999_999_900));
    check_ppb("99.9999999", 2, Ok(999_999_999));
    check_ppb("100", 2, Ok(1_000_000_000));
    check_ppb("99.99999999", 2, Err(PpbFault::TooFine));
    check_ppb("100.1", 2, Err(PpbFault::AboveOne));
}

#[test]
fn what_is_no_decimal_is_not_read_as_one() {
    for text in ["", "-", ".", "1.2.3", "1,5", "0x10", "1e", "1e+", "1e999999", ".inf", "nan", "one", "١"] {
        assert_eq!(Decimal::parse(text), None, "{text}");
    }
}

#[test]
fn decimals_print_scaled_without_loss() {
    let scaled = |text: &str, power| Decimal::parse(text).unwrap().scaled_text(power);
    assert_eq!(scaled("1.0", 2), "100");
    assert_eq!(scaled("99.9", 2), "9990");
    assert_eq!(scaled("1.0005", 2), "100.05");
    assert_eq!(scaled("0.001", 0), "0.001");
    assert_eq!(scaled("-0.1", 0), "-0.1");
    assert_eq!(scaled("0", 2), "0");
    assert_eq!(scaled("1e300", 0), "1e300");
    assert_eq!(scaled("1e-300", 0), "1e-300");
}

#[test]
fn whole_numbers_are_whole() {
    let whole = |text: &str| Decimal::parse(text).unwrap().whole();
    assert_eq!(whole("5"), Some(5));
    assert_eq!(whole("50e-1"), Some(5));
    assert_eq!(whole("4294967295"), Some(u32::MAX));
    assert_eq!(whole("4294967296"), None);
    assert_eq!(whole("0.5"), None);
    assert_eq!(whole("-1"), None);
}

#[test]
fn shorthand_has_seven_units_whose_case_matters() {
    use CalendarUnit::*;
    let cases = [
        ("10m", 10, Minute, 600),
        ("5h", 5, Hour, 18_000),
        ("2d", 2, Day, 172_800),
        ("1w", 1, Week, 604_800),
        ("3M", 3, Month, 90 * 86_400),
        ("1Q", 1, Quarter, 90 * 86_400),
        ("1Y", 1, Year, 365 * 86_400),
        ("0w", 0, Week, 0),
        ("007d", 7, Day, 604_800),
    ];
    for (text, count, unit, seconds) in cases {
        let read = Shorthand::parse(text).unwrap();
        assert_eq!(read, Shorthand { count, unit }, "{text}");
        assert_eq!(read.length(), DurationUs::from_secs(seconds), "{text}");
    }
}

#[test]
fn misspelt_shorthand_is_refused_with_what_it_may_mean() {
    let meant = |text: &str| match Shorthand::parse(text) {
        Err(ShorthandFault::Malformed(meant)) => meant,
        other => panic!("{text}: {other:?}"),
    };
    for (text, expect) in [
        ("30s", Some("1m")),
        ("90 seconds", Some("2m")),
        ("5min", Some("5m")),
        ("1D", Some("1d")),
        ("4 weeks", Some("4w")),
        ("1month", Some("1M")),
        ("1q", Some("1Q")),
        ("2 years", Some("2Y")),
        ("", None),
        ("d", None),
        ("28", None),
        ("-1m", None),
        ("1h30m", None),
        ("1.5h", None),
        ("invalid", None),
        ("1x", None),
        ("1 m", Some("1m")),
    ] {
        assert_eq!(meant(text).as_deref(), expect, "{text}");
    }
    for text in ["101Y", "4294967295m", "99999999999d"] {
        assert_eq!(Shorthand::parse(text), Err(ShorthandFault::TooLong), "{text}");
    }
}

#[test]
fn names_are_rfc_1123_labels() {
    let long = "n".repeat(63);
    for name in ["a", "9", "web", "web-1", "1-web", long.as_str()] {
        assert!(is_name(name), "{name}");
    }
    let too_long = "n".repeat(64);
    for name in ["", "-", "Web", "web_1", "web.1", "-web", "web-", "we b", "wéb", "웹", too_long.as_str()] {
        assert!(!is_name(name), "{name}");
    }
}

#[test]
fn label_keys_as_the_specification_has_them() {
    let long = "l".repeat(63);
    for key in [long.as_str(), "net", "net_this.that-this", "net_.-this", "9net", "net9", "nEt"] {
        assert!(is_label_key(key), "{key}");
    }
    let too_long = "l".repeat(64);
    for key in [too_long.as_str(), "net_", "net.", "net-", "_net", "-net", ".net", "", "a/b", "a b"] {
        assert!(!is_label_key(key), "{key}");
    }
}

#[test]
fn annotation_keys_as_the_specification_has_them() {
    let label = "l".repeat(63);
    let longest = format!("{label}.{label}.{label}/{label}");
    let valid = [
        label.as_str(),
        longest.as_str(),
        "net",
        "9net",
        "net9",
        "nEt",
        "openslo.com/service",
        "domain/service",
        "domain.org/service",
        "domain.this.org/service",
        "domain.this.org/service.foo",
        "my-org.com/spec.indicator.metricSource",
    ];
    for key in valid {
        assert!(is_annotation_key(key), "{key}");
    }
    let too_long = ["l".repeat(64), format!("{}/net", "l".repeat(254)), format!("{0}.{0}.{0}.{0}/net", "l".repeat(63))];
    let invalid = [
        "net_",
        "net.",
        "net-",
        "_net",
        "-net",
        ".net",
        "openslo.com/",
        "openslo.com!/service",
        "-openslo.com/service",
        "_openslo.com/service",
        ".openslo.com/service",
        "openslo.com./service",
        "openslo.com_/service",
        "openslo.com-/service",
        "openslo..this.com/service",
        "openslo.-this.com/service",
        "openslo._this.com/service",
        "openslo.this..com/service",
        "openslo.this-.com/service",
        "openslo.this_.com/service",
        "openslo_this.org/service",
        "openslo_this.my-org.com/service",
        "a/b/c",
        "/a",
    ];
    for key in invalid.into_iter().chain(too_long.iter().map(String::as_str)) {
        assert!(!is_annotation_key(key), "{key}");
    }
}

#[test]
fn a_name_is_made_of_what_resembles_one() {
    for (text, expect) in [
        ("My Service", Some("my-service")),
        ("userProfile", Some("user-profile")),
        ("web_1.2", Some("web-1-2")),
        ("--web--", Some("web")),
        ("API", Some("api")),
        ("웹", None),
        ("", None),
    ] {
        assert_eq!(name_like(text).as_deref(), expect, "{text}");
    }
    assert_eq!(name_like(&"x".repeat(100)), Some("x".repeat(63)));
}
