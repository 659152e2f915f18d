use super::shapes::SHAPES;
use super::*;

/// A text with a secret, the secret itself, and its label. Spelt in parts, so that no scanner takes this file for a leak.
fn samples() -> Vec<(String, String, &'static str)> {
    let letters = |n: usize| "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zC".chars().cycle().take(n).collect::<String>();
    let upper = |n: usize| letters(n).to_uppercase();
    let hex = |n: usize| "0a1b2c3d4e5f67899f8e7d6c5b4a3210".chars().cycle().take(n).collect::<String>();
    let whole = |secret: String, label| (format!("before {secret} after"), secret, label);
    let inside = |before: &str, secret: String, after: &str, label| (format!("{before}{secret}{after}"), secret, label);
    vec![
        whole(format!("AKIA{}", upper(16)), "aws-key"),
        whole(format!("ASIA{}", upper(16)), "aws-key"),
        inside("aws_secret_access_key = ", letters(40), "", "aws-secret"),
        whole(format!("AIza{}", letters(35)), "google-api-key"),
        whole(format!("ya29.{}", letters(40)), "google-oauth"),
        inside("AccountName=x;AccountKey=", format!("{}==", letters(86)), ";End", "azure-key"),
        inside("https://x.blob.example/c?sv=1&sig=", letters(44), "&se=2", "azure-sas"),
        whole(format!("abc8Q~{}", letters(34)), "azure-secret"),
        whole(format!("dop_v1_{}", hex(64)), "digitalocean-token"),
        whole(format!("ghp_{}", letters(36)), "github-token"),
        whole(format!("github_pat_{}", letters(50)), "github-token"),
        whole(format!("glpat-{}", letters(20)), "gitlab-token"),
        whole(format!("npm_{}", letters(36)), "npm-token"),
        whole(format!("pypi-{}", letters(60)), "pypi-token"),
        whole(format!("dckr_pat_{}", letters(27)), "docker-token"),
        whole(format!("xoxb-{}", letters(40)), "slack-token"),
        inside("https://hooks.slack.com/services/", format!("T0/B0/{}", letters(24)), " x", "slack-webhook"),
        inside("https://discord.com/api/webhooks/", format!("123456/{}", letters(60)), "", "discord-webhook"),
        whole(format!("123456789:AA{}", letters(33)), "telegram-token"),
        whole(format!("SK{}", hex(32)), "twilio-key"),
        whole(format!("SG.{}.{}", letters(22), letters(43)), "sendgrid-key"),
        whole(format!("key-{}", hex(32)), "mailgun-key"),
        whole(format!("{}-us12", hex(32)), "mailchimp-key"),
        whole(format!("sk_live_{}", letters(24)), "stripe-key"),
        whole(format!("whsec_{}", letters(32)), "stripe-key"),
        whole(format!("shpat_{}", hex(32)), "shopify-token"),
        whole(format!("hvs.{}", letters(90)), "vault-token"),
        whole(format!("glsa_{}", letters(32)), "grafana-token"),
        whole(format!("NRAK-{}", upper(27)), "newrelic-key"),
        whole(format!("dapi{}", hex(32)), "databricks-token"),
        whole(format!("hf_{}", letters(34)), "huggingface-token"),
        whole(format!("sk-ant-api03-{}", letters(80)), "ai-key"),
        whole(format!("eyJ{}.eyJ{}.{}", letters(20), letters(30), letters(43)), "jwt"),
        inside("postgres://app:", "p@ss:w0rd!".to_owned(), "@db.example:5432/x", "url-password"),
        inside("clone https://", letters(40), "@git.example/x.git", "url-token"),
        inside("Authorization: Basic ", "dXNlcjpwYXNz".to_owned(), "", "authorization"),
        inside("> authorization: Bearer ", letters(30), "", "authorization"),
        inside("curl -H 'Authorization: Token ", letters(12), "' x", "authorization"),
        inside("Cookie: ", "session=abcdef; other=1".to_owned(), "", "cookie"),
        inside("password=", "hunter2hunter2".to_owned(), " user=x", "password"),
        inside("\"db_password\": ", "\"hunter 2\"".to_owned(), ", \"x\": 1", "password"),
        inside("PGPASSWORD='", "it is secret".to_owned(), "' psql", "password"),
        inside("machine x login me password ", "hunter2".to_owned(), "", "password"),
        inside("curl -u admin:", "hunter2".to_owned(), " http://x", "password"),
        inside("client_secret: ", "abc123def456".to_owned(), "", "assigned"),
        inside("X-Api-Key: ", "abc123def456".to_owned(), "", "assigned"),
        inside("//registry.example/:_authToken=", "abc123def456".to_owned(), "", "assigned"),
        inside("vault login --token ", "abc123def456".to_owned(), "", "option"),
        inside("<password>", "hunter2".to_owned(), "</password>", "element"),
    ]
}

fn key() -> String {
    let body = ["MIIEowIBAAKCAQEA0aB1", "cD2eF3gH4iJ5kL6mN7oP", "qR8sT9uV0wX1yZ2=="].join("\n");
    format!("-----BEGIN RSA {0} KEY-----\n{body}\n-----END RSA {0} KEY-----", "PRIVATE")
}

#[test]
fn every_expression_compiles() {
    assert_eq!(ALL.shapes.len(), SHAPES.len());
    assert!(ALL.hints.is_some() && KEY_BEGIN.is_some() && KEY_END.is_some());
}

#[test]
fn each_hint_is_found_where_its_shape_is() {
    for (text, _, label) in samples() {
        let of_label = || SHAPES.iter().filter(|(name, _, _)| *name == label);
        let hit = of_label().any(|(_, hint, pattern)| {
            compiled(pattern).unwrap().is_match(text.as_bytes()) && compiled(hint).unwrap().is_match(text.as_bytes())
        });
        assert!(hit, "{label}: {text}");
    }
}

#[test]
fn secrets_of_many_shapes_are_found_and_named() {
    let samples = samples();
    assert!(samples.len() >= 30);
    for (text, secret, label) in samples {
        let kept = redacted(&text, &Secrets::default());
        assert!(!kept.contains(secret.trim_matches('"')), "{text} -> {kept}");
        assert!(kept.contains(&mark(label)), "{label}: {text} -> {kept}");
    }
}

#[test]
fn vector_r4_an_aws_key_is_kept_as_its_mark() {
    let text = format!("key AKIA{} used", "ABCDEFGHIJKLMNOP");
    assert_eq!(redacted(&text, &Secrets::default()), "key ‹redacted:aws-key› used");
}

#[test]
fn a_private_key_over_several_lines_is_one_mark() {
    let text = format!("a\n{}\nb\n", key());
    assert_eq!(redacted(&text, &Secrets::default()), "a\n‹redacted:private-key›\nb\n");
    let in_json = format!("{{\"private\": \"{}\", \"x\": 1}}", key().replace('\n', "\\n"));
    assert_eq!(redacted(&in_json, &Secrets::default()), "{\"private\": \"‹redacted:private-key›\", \"x\": 1}");
    // Its end never comes.
    let open = key().replace("-----END", "");
    assert_eq!(redacted(&open, &Secrets::default()), "‹redacted:private-key›");
}

#[test]
fn a_secret_in_two_chunks_is_found_wherever_it_is_cut() {
    let mut texts: Vec<(String, String)> = samples().into_iter().map(|(text, secret, _)| (text, secret)).collect();
    texts.push((key(), "MIIEowIBAAKCAQEA0aB1".to_owned()));
    for (text, secret) in texts {
        let whole = redacted(&text, &Secrets::default());
        for cut in 0..=text.len() {
            let mut redactor = Redactor::new(Secrets::default());
            let mut out = Vec::new();
            redactor.push(&text.as_bytes()[..cut], &mut out);
            redactor.push(&text.as_bytes()[cut..], &mut out);
            redactor.finish(&mut out);
            let out = String::from_utf8(out).unwrap();
            assert_eq!(out, whole, "{cut}");
            assert!(!out.contains(secret.trim_matches('"')));
        }
    }
}

#[test]
fn a_line_that_does_not_end_hides_no_secret_and_grows_no_memory() {
    let secret = format!("ghp_{}", "a1B2".repeat(9));
    for before in [LINE_BYTES_MAX - 10, LINE_BYTES_MAX, LINE_BYTES_MAX + SECRET_BYTES_MAX - 7] {
        let text = format!("{} {secret} {}", "x".repeat(before), "y".repeat(200_000));
        let mut redactor = Redactor::new(Secrets::default());
        let mut out = Vec::new();
        for chunk in text.as_bytes().chunks(4096) {
            redactor.push(chunk, &mut out);
            assert!(redactor.pending.len() <= LINE_BYTES_MAX + SECRET_BYTES_MAX + 4096);
        }
        redactor.finish(&mut out);
        let out = String::from_utf8(out).unwrap();
        assert!(!out.contains(&secret) && out.contains("‹redacted:github-token›"), "{before}");
    }
}

#[test]
fn values_that_are_known_to_be_secret_are_found_without_a_shape() {
    let secrets = Secrets::new(["correct horse", "비밀번호입니다", "no"]);
    assert_eq!(
        redacted("it is correct horse, 비밀번호입니다, no", &secrets),
        "it is ‹redacted:value›, ‹redacted:value›, no"
    );
    assert!(
        is_secret_name("DB_PASSWORD")
            && is_secret_name("apiKey")
            && is_secret_name("SSH_KEY")
            && !is_secret_name("MONKEY_BARS")
    );
}

#[test]
fn what_is_no_secret_stays() {
    let plain = "2026-11-28 pod pay-7f9c Running 0 12m\nGET /api/items?page=2 200 13ms\nhttp://pay.svc:8080/health\nuser@host.example\n";
    assert_eq!(redacted(plain, &Secrets::default()), plain);
}

#[test]
fn the_beginning_and_the_end_are_kept() {
    let mut kept = Kept::default();
    for _ in 0..100 {
        kept.push(&[b'a'; 10_000]);
    }
    kept.push(b"the end");
    let text = kept.text();
    assert!(text.len() < OUTPUT_BYTES_MAX + 64 && text.starts_with("aaaa") && text.ends_with("the end"));
    assert!(text.contains("‹737863 bytes left out›"), "{}", &text[OUTPUT_BYTES_MAX / 2..][..40]);
    let mut short = Kept::default();
    short.push(b"all");
    short.push(b" of it");
    assert_eq!(short.text(), "all of it");
}
