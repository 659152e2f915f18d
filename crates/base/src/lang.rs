//! Languages, and the catalogue macro that makes a missing translation a compile error.

use std::fmt;

/// A language that results, errors and hints are written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
}

impl Lang {
    /// Reads a tag such as `ko`, `ko_KR.UTF-8` or `en-GB`; anything but Korean is English.
    pub fn from_tag(tag: &str) -> Lang {
        let primary = tag.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("ko") { Lang::Ko } else { Lang::En }
    }

    /// The tag as HTML and HTTP write it.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ko => "ko",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.tag())
    }
}

/// A text that exists in every language of the product.
pub trait Message {
    /// The text in `lang`.
    fn text(&self, lang: Lang) -> String;
}

impl<M: Message + ?Sized> Message for &M {
    fn text(&self, lang: Lang) -> String {
        (*self).text(lang)
    }
}

/// Declares an enum of messages, each with its English and its Korean text. Both are required: a
/// message without one does not compile. Fields are named in the texts as in `format!`.
///
/// ```
/// nines_base::catalogue! {
///     /// What can be wrong with a target.
///     pub enum TargetFact {
///         /// At or above 1.
///         TooHigh { percent: String } => {
///             en: "objective is {percent} %, but must be below 100 %",
///             ko: "목표가 {percent} %입니다. 100 %보다 작아야 합니다",
///         },
///         Missing => { en: "no target", ko: "목표가 없습니다" },
///     }
/// }
/// use nines_base::lang::{Lang, Message};
/// assert_eq!(TargetFact::Missing.text(Lang::Ko), "목표가 없습니다");
/// ```
#[macro_export]
macro_rules! catalogue {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $(
        $(#[$variant_meta:meta])*
        $variant:ident $({ $($field:ident : $kind:ty),* $(,)? })? => { en: $en:literal, ko: $ko:literal $(,)? }
    ),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs)]
        $vis enum $name { $( $(#[$variant_meta])* $variant $({ $($field: $kind),* })? ),* }

        impl $crate::lang::Message for $name {
            fn text(&self, lang: $crate::lang::Lang) -> String {
                match self { $(
                    Self::$variant $({ $($field),* })? => {
                        $( $( let _ = $field; )* )?
                        match lang {
                            $crate::lang::Lang::En => format!($en),
                            $crate::lang::Lang::Ko => format!($ko),
                        }
                    }
                ),* }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, out: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                out.write_str(&$crate::lang::Message::text(self, $crate::lang::Lang::En))
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    catalogue! {
        enum Sample {
            Held { service: String, burn: f64 } => { en: "{service} is held: burn {burn:.1}", ko: "{service} 보류: 소진율 {burn:.1}" },
            Plain => { en: "plain", ko: "평범" },
        }
    }

    #[test]
    fn a_message_reads_in_both_languages() {
        let held = Sample::Held { service: "api".into(), burn: 2.25 };
        assert_eq!(held.text(Lang::En), "api is held: burn 2.2");
        assert_eq!(held.text(Lang::Ko), "api 보류: 소진율 2.2");
        assert_eq!(Sample::Plain.to_string(), "plain");
    }

    #[test]
    fn a_locale_names_its_language() {
        assert_eq!(Lang::from_tag("ko_KR.UTF-8"), Lang::Ko);
        assert_eq!(Lang::from_tag("KO"), Lang::Ko);
        assert_eq!(Lang::from_tag("C.UTF-8"), Lang::En);
        assert_eq!(Lang::from_tag("kok-IN"), Lang::En);
    }
}
