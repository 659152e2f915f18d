//! Enumerations that the kernel numbers: one table gives the value, its number and its word in `nft` syntax.

/// Declares such an enumeration: `Variant = number "word"`, the numbers those of `linux/netfilter/nf_tables.h`.
macro_rules! numbered {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$note:meta])* $variant:ident = $number:literal $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$note])* #[doc = concat!("`", $word, "`.")] $variant,)* }

        impl $name {
            /// Every value, in the order of their numbers.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The kernel's number of it.
            #[must_use]
            pub const fn number(self) -> u32 {
                match self { $($name::$variant => $number,)* }
            }

            /// The value of a number; nothing where the kernel has one that is not known here.
            #[must_use]
            pub fn from_number(number: u32) -> Option<$name> {
                Self::ALL.iter().copied().find(|known| known.number() == number)
            }

            /// Its word in `nft` syntax.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }
    };
}

pub(crate) use numbered;
