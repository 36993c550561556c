//! What a request costs the person: nothing. There is no step that asks for a fee, because the policy cannot say
//! anything else (its check refuses a price on a first copy, UK GDPR art. 12(5)).

use policy::Amount;
use policy::Settings;

/// The sentence on the page and in letters (K24, T25).
pub fn fee_words(settings: &Settings) -> &'static str {
    match settings.access_fee().value {
        Amount::Free => "This is free of charge.",
        Amount::Pence(_) | Amount::Reasonable => "Your first copy is free of charge.",
    }
}
