//! Shapes of secrets: label, what hints at one, the whole expression. The first that fits names what is found.
//!
//! A group `s` is the secret where the rest tells what it is. Expressions are on bytes and take the same time for every
//! text; hints are short, so that text without any is passed over. Formats are those that their issuers document, with
//! lengths from below: a longer token of tomorrow is one, too.

/// Label, hint, expression.
pub(super) const SHAPES: [(&str, &str, &str); 62] = [
    // -- clouds -------------------------------------------------------------------
    ("aws-key", "A[KS]IA|A[BC]IA|ACCA|AROA", r"(?:AKIA|ASIA|ABIA|ACCA|AROA)[A-Z0-9]{16,}"),
    (
        "aws-secret",
        "(?i:aws)",
        r#"(?i)aws[\w.-]{0,40}?(?:secret|sk|session|token)[\w.-]*['"]?\s*[=:]\s*['"]?(?P<s>[A-Za-z0-9/+=]{40,})"#,
    ),
    ("google-api-key", "AIza", r"AIza[0-9A-Za-z_-]{35,}"),
    (
        "google-oauth",
        r"ya29\.|GOCSPX-|1//0",
        r"(?:ya29\.[0-9A-Za-z_.-]{20,}|GOCSPX-[0-9A-Za-z_-]{20,}|1//0[0-9A-Za-z_-]{30,})",
    ),
    ("azure-key", "(?:Account|SharedAccess)Key=", r"(?:AccountKey|SharedAccessKey)=(?P<s>[A-Za-z0-9+/=]{20,})"),
    ("azure-sas", "sig=", r"[?&]sig=(?P<s>[A-Za-z0-9%+/=_-]{20,})"),
    ("azure-secret", "Q~", r"[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,}"),
    ("digitalocean-token", "do[oprt]_v1_", r"do[oprt]_v1_[a-f0-9]{40,}"),
    ("heroku-key", "HRKU-", r"HRKU-[A-Za-z0-9_-]{20,}"),
    ("cloudflare-key", r"v1\.0-", r"v1\.0-[a-f0-9]{24}-[a-f0-9]{100,}"),
    ("alibaba-key", "LTAI", r"LTAI[A-Za-z0-9]{12,}"),
    // -- code and packages -----------------------------------------------------------
    ("github-token", "gh[pousr]_|github_pat_", r"(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{22,})"),
    ("gitlab-token", "gl[a-z]+-", r"gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt|oas|ffct)-[A-Za-z0-9_.=-]{16,}"),
    ("npm-token", "npm_", r"npm_[A-Za-z0-9]{30,}"),
    ("pypi-token", "pypi-", r"pypi-[A-Za-z0-9_-]{20,}"),
    ("rubygems-key", "rubygems_", r"rubygems_[a-f0-9]{40,}"),
    ("nuget-key", "oy2", r"\boy2[a-z0-9]{43}"),
    ("docker-token", "dckr_", r"dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}"),
    ("crates-token", "cio", r"\bcio[A-Za-z0-9]{32}\b"),
    ("atlassian-token", "AT(?:ATT|CTT|BB)", r"AT(?:ATT3|CTT3|BB)[A-Za-z0-9_=.-]{20,}"),
    ("linear-key", "lin_", r"lin_(?:api|oauth)_[A-Za-z0-9]{32,}"),
    ("postman-key", "PMAK-", r"PMAK-[a-f0-9]{24}-[a-f0-9]{30,}"),
    // -- messages and mail ---------------------------------------------------------------
    ("slack-token", "xox|xapp-", r"(?:xox[abceoprs]-[A-Za-z0-9-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{10,})"),
    (
        "slack-webhook",
        r"hooks\.slack",
        r"hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/(?P<s>[A-Za-z0-9/_-]+)",
    ),
    ("discord-webhook", "api/webhooks", r"discord(?:app)?\.com/api/webhooks/(?P<s>[0-9]+/[A-Za-z0-9_-]+)"),
    ("discord-token", r"[MNO][\w-]{23}", r"[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}"),
    (
        "teams-webhook",
        "(?i:webhook)",
        r"webhook(?:b2)?/[0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/(?P<s>[A-Za-z0-9/-]+)",
    ),
    ("telegram-token", ":AA", r"\b[0-9]{8,10}:AA[A-Za-z0-9_-]{30,}"),
    ("twilio-key", "SK[0-9a-f]{8}", r"SK[0-9a-f]{32}"),
    ("twilio-account", "AC[0-9a-f]{8}", r"AC[0-9a-f]{32}"),
    ("sendgrid-key", r"SG\.", r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}"),
    ("mailgun-key", "key-", r"\bkey-[0-9a-zA-Z]{32}"),
    ("mailchimp-key", "-us[0-9]", r"[0-9a-f]{32}-us[0-9]{1,2}"),
    ("brevo-key", "xkeysib-", r"xkeysib-[a-f0-9]{40,}(?:-[A-Za-z0-9]+)?"),
    // -- money -------------------------------------------------------------------------------
    (
        "stripe-key",
        "[srp]k_(?:live|test)_|whsec_",
        r"(?:[srp]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{16,})",
    ),
    ("square-token", "sq0|EAAA", r"(?:sq0(?:atp|csp)-[A-Za-z0-9_-]{22,}|EAAA[A-Za-z0-9_-]{56,})"),
    ("shopify-token", "shp", r"shp(?:at|ca|pa|ss|ua)_[a-fA-F0-9]{32,}"),
    ("facebook-token", "EAA", r"EAA[A-Z][A-Za-z0-9]{60,}"),
    // -- tools ---------------------------------------------------------------------------------
    ("vault-token", r"hv[sbr]\.|s\.[A-Za-z0-9]{8}", r"(?:hv[sbr]\.[A-Za-z0-9_-]{20,}|\bs\.[A-Za-z0-9]{24}\b)"),
    ("terraform-token", "atlasv1", r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,}"),
    ("pulumi-token", "pul-", r"\bpul-[a-f0-9]{40}"),
    ("doppler-token", r"dp\.", r"\bdp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9_.-]{20,}"),
    ("planetscale-token", "pscale_", r"pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{30,}"),
    ("databricks-token", "dapi", r"dapi[a-f0-9]{32}"),
    ("grafana-token", "glsa_|glc_", r"(?:glsa|glc)_[A-Za-z0-9_=+/]{20,}"),
    ("newrelic-key", "NR", r"NR(?:AK|JS|RA|II)-[A-Za-z0-9]{19,}"),
    ("sentry-token", "sntry", r"sntry[su]_[A-Za-z0-9_=+/.-]{30,}"),
    ("onepassword-token", "ops_eyJ", r"ops_eyJ[A-Za-z0-9+/=_-]{40,}"),
    ("age-key", "AGE-SECRET", r"AGE-SECRET-KEY-1[A-Z0-9]{50,}"),
    ("huggingface-token", "hf_", r"\bhf_[A-Za-z0-9]{30,}"),
    ("ai-key", "sk-", r"\bsk-[A-Za-z0-9_-]{20,}"),
    // -- shapes of everybody ---------------------------------------------------------------------
    ("jwt", "eyJ", r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"),
    ("url-password", "://", r#"://[^\s/:@'"]*:(?P<s>[^\s/'"]+)@"#),
    ("url-token", "://", r"://(?P<s>[A-Za-z0-9_-]{20,})@"),
    (
        "authorization",
        "(?i:authorization)",
        r#"(?i)authorization['"]?\s*[:=]\s*['"]?(?:(?:basic|bearer|token|digest|apikey|negotiate|bot)\s+)?(?P<s>[^\s'"][^\r\n'"]*)"#,
    ),
    ("bearer", "(?i:bearer|basic) ", r"(?i)\b(?:bearer|basic)\s+(?P<s>[A-Za-z0-9._~+/-]{16,}=*)"),
    ("cookie", "(?i:cookie):", r#"(?i)\b(?:set-)?cookie:\s*(?P<s>[^\r\n'"]+)"#),
    (
        "password",
        "(?i:passw|passphrase|pwd)",
        r#"(?i)(?:passw(?:or)?d|passphrase|[_;,-]pwd)[\w.-]*['"]?\s*(?:=>|:=|=|:)\s*(?P<s>"[^"\n]*"|'[^'\n]*'|[^\s,;&'"}<]+)"#,
    ),
    (
        "password",
        r"(?i:password|--user|\s-u)",
        r#"(?i)(?:\blogin\s+\S+\s+password\s+|identified\s+by\s+|(?:\s-u|--user)[ =]['"]?[^\s:'"]+:)(?P<s>'[^'\n]*'|[^\s'"]+)"#,
    ),
    (
        "assigned",
        "(?i:secret|token|key|credential)",
        r#"(?i)(?:secret|token|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|account[_-]?key|encryption[_-]?key|signing[_-]?key|credential)[\w.-]*['"]?\s*(?:=>|:=|=|:)\s*(?P<s>"[^"\n]*"|'[^'\n]*'|[^\s,;&'"}<]+)"#,
    ),
    (
        "option",
        "--",
        r#"(?i)--?(?:[a-z]+-)*(?:password|passwd|passphrase|secret|token|api-key|apikey|access-key|secret-key|private-key)[ =]+(?P<s>"[^"\n]*"|'[^'\n]*'|[^\s'"-][^\s'"]*)"#,
    ),
    ("element", "(?i:password|secret|token|apikey)>", r"(?i)<\w*(?:password|secret|token|apikey)\w*>(?P<s>[^<\n]+)<"),
];
