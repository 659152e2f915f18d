//! Where notices go, as configured and checked.

use crate::sink::{Alertmanager, PagerDuty, Sink, Slack, Smtp, Webhook};
use std::fmt;
use thiserror::Error;

/// What kind of place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum TargetKind {
    Alertmanager,
    Slack,
    PagerDuty,
    Webhook,
    Smtp,
}

impl TargetKind {
    /// Every kind.
    pub const ALL: [TargetKind; 5] =
        [TargetKind::Alertmanager, TargetKind::Slack, TargetKind::PagerDuty, TargetKind::Webhook, TargetKind::Smtp];

    /// As `type` writes it.
    pub fn word(self) -> &'static str {
        match self {
            TargetKind::Alertmanager => "alertmanager",
            TargetKind::Slack => "slack",
            TargetKind::PagerDuty => "pagerduty",
            TargetKind::Webhook => "webhook",
            TargetKind::Smtp => "smtp",
        }
    }

    /// From its word.
    pub fn parse(word: &str) -> Option<TargetKind> {
        TargetKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A key. It is sent, never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// From what a file holds, without the line's end.
    pub fn new(text: &str) -> Secret {
        Secret(text.trim().to_owned())
    }

    /// For the wire.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("(secret)")
    }
}

/// A target.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// What AlertNotificationTargets call it.
    pub name: String,
    /// What kind of place.
    pub kind: TargetKind,
    /// Where: every peer of an Alertmanager, one address of anything else.
    pub urls: Vec<String>,
    /// Who writes, in e-mail.
    pub from: Option<String>,
    /// To whom, in e-mail.
    pub to: Vec<String>,
    /// Token of an Alertmanager, address of a Slack webhook, routing key of PagerDuty, secret of a webhook,
    /// `USER:PASSWORD` of a mail server.
    pub key: Option<Secret>,
    /// Whether addresses that are not of the public internet are told too.
    pub allow_private: bool,
}

/// What a value of a target has to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Wanted {
    /// Of a server that is posted to.
    #[error("http://HOST… or https://HOST…")]
    HttpUrl,
    /// Of a mail server.
    #[error("smtp://HOST:PORT or smtps://HOST:PORT")]
    SmtpUrl,
    /// That a certificate can be of.
    #[error("a host with a name")]
    NamedHost,
    /// PagerDuty's.
    #[error("the integration's routing key")]
    RoutingKey,
    /// Slack's, which is a secret.
    #[error("the webhook's address")]
    WebhookAddress,
    /// A webhook's.
    #[error("the secret, whsec_… as standard-webhooks writes it")]
    WebhookSecret,
    /// What that secret is made of.
    #[error("whsec_ and 24 to 64 bytes in base64")]
    SigningKey,
    /// A mail server's.
    #[error("USER:PASSWORD")]
    UserPassword,
}

/// Why a target cannot be used. Never holds a key.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum TargetFault {
    /// Nothing says where.
    #[error("`urls` is missing")]
    NoUrl,
    /// Only an Alertmanager has peers.
    #[error("`urls` has {0} addresses; only an Alertmanager has several")]
    SeveralUrls(usize),
    /// Not an address of this kind. Slack's is a secret and is not shown.
    #[error("an address is not {0}")]
    BadUrl(Wanted),
    /// A key is missing.
    #[error("`key_file` is missing: {0}")]
    NoKey(Wanted),
    /// A key is no key of this kind.
    #[error("`key_file` does not hold {0}")]
    BadKey(Wanted),
    /// A mail address is missing or none.
    #[error("`{0}` is missing, or no mail address")]
    BadMailbox(&'static str),
}

impl Target {
    /// What sends to it.
    pub fn sink(&self) -> Result<Box<dyn Sink>, TargetFault> {
        Ok(match self.kind {
            TargetKind::Alertmanager => Box::new(Alertmanager::of(self)?),
            TargetKind::Slack => Box::new(Slack::of(self)?),
            TargetKind::PagerDuty => Box::new(PagerDuty::of(self)?),
            TargetKind::Webhook => Box::new(Webhook::of(self)?),
            TargetKind::Smtp => Box::new(Smtp::of(self)?),
        })
    }

    /// Its one address; `None` without any.
    pub(crate) fn url(&self) -> Result<Option<&str>, TargetFault> {
        match self.urls.as_slice() {
            [] => Ok(None),
            [url] => Ok(Some(url)),
            several => Err(TargetFault::SeveralUrls(several.len())),
        }
    }
}
