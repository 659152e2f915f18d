//! A save file as intents where an intent says the same, and as raw chains elsewhere.
