//! Takes the fields of one JSON line apart; whatever is not understood is refused by name.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::reading::{iso_date, rfc3339};
use crate::{ClockError, DateUnreadable, Nation, Nations, Obtained, Request, UnknownNation, Wait};

/// What is wrong with a line, in words for whoever wrote the program.
pub(super) struct Refused(pub(super) String);

impl From<ClockError> for Refused {
    fn from(error: ClockError) -> Self {
        Self(error.to_string())
    }
}

impl From<UnknownNation> for Refused {
    fn from(error: UnknownNation) -> Self {
        Self(error.to_string())
    }
}

/// Facts and remarks about how they were read.
pub(super) type Read<F> = (F, Vec<String>);

const NO_NATION: &str = "No nation was given, so this is the earliest date of the three.";

/// The fields of one object that have not been taken yet.
pub(super) struct Fields {
    left: Vec<(String, Value)>,
    taken: Vec<&'static str>,
}

/// An object as the list of its fields: a map would swallow a field that is given twice.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object such as {\"kind\":\"access\",…}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Object(fields))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

impl Fields {
    pub(super) fn read(text: &str) -> Result<Self, Refused> {
        let Object(left) =
            serde_json::from_str(text).map_err(|error| Refused(format!("This line is not a JSON object: {error}.")))?;
        let mut seen = std::collections::BTreeSet::new();
        if let Some((twice, _)) = left.iter().find(|(name, _)| !seen.insert(name.as_str())) {
            return Err(Refused(format!("\"{twice}\" is given twice. Give it once.")));
        }
        Ok(Self { left, taken: Vec::new() })
    }

    pub(super) fn request(mut self) -> Result<Read<Request>, Refused> {
        let received = self.needed_date("received")?;
        let (nations, remarks) = self.nations()?;
        let mut request = Request::received(received, nations);
        request.identity = self.wait("identity_asked", "identity_received")?;
        request.authority = self.wait("authority_asked", "authority_received")?;
        request.fee = self.wait("fee_asked", "fee_paid")?;
        request.pauses = self.pauses()?;
        request.today = self.date("today")?;
        self.nothing_left()?;
        Ok((request, remarks))
    }

    pub(super) fn complaint(mut self) -> Result<Read<(Date, Nations)>, Refused> {
        let received = self.needed_date("received")?;
        let (nations, remarks) = self.nations()?;
        self.nothing_left()?;
        Ok(((received, nations), remarks))
    }

    pub(super) fn obtained(mut self) -> Result<Read<Obtained>, Refused> {
        let obtained = self.needed_date("obtained")?;
        let (nations, remarks) = self.nations()?;
        let first_contact = self.date("first_contact")?;
        let first_disclosure = self.date("first_disclosure")?;
        self.nothing_left()?;
        Ok((Obtained { nations, obtained, first_contact, first_disclosure }, remarks))
    }

    pub(super) fn aware(mut self) -> Result<Timestamp, Refused> {
        let text = self.text("aware")?.ok_or_else(|| missing("aware", "2026-10-24T12:00:00+01:00"))?;
        // Hours run alike everywhere; a nation is read, so that a wrong one is not passed over.
        self.nations()?;
        self.nothing_left()?;
        rfc3339(&text).map_err(|error| in_field("aware", &error))
    }

    /// The text of a field; none when it is missing or null.
    pub(super) fn text(&mut self, name: &'static str) -> Result<Option<String>, Refused> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(Refused(format!("\"{name}\" must be a text in quotation marks, not {other}."))),
        }
    }

    fn take(&mut self, name: &'static str) -> Option<Value> {
        self.taken.push(name);
        let at = self.left.iter().position(|(field, _)| field == name)?;
        Some(self.left.swap_remove(at).1).filter(|value| !value.is_null())
    }

    fn date(&mut self, name: &'static str) -> Result<Option<Date>, Refused> {
        self.text(name)?.map(|text| iso_date(&text).map_err(|error| in_field(name, &error))).transpose()
    }

    fn needed_date(&mut self, name: &'static str) -> Result<Date, Refused> {
        self.date(name)?.ok_or_else(|| missing(name, "2026-03-02"))
    }

    fn wait(&mut self, asked: &'static str, answered: &'static str) -> Result<Option<Wait>, Refused> {
        match (self.date(asked)?, self.date(answered)?) {
            (Some(asked), answered) => Ok(Some(Wait { asked, answered })),
            (None, None) => Ok(None),
            (None, Some(_)) => Err(Refused(format!(
                "\"{answered}\" is given without \"{asked}\". Add the day on which you asked, or leave both out."
            ))),
        }
    }

    fn nations(&mut self) -> Result<(Nations, Vec<String>), Refused> {
        let one = self.text("nation")?;
        let many = self.take("nations");
        match (one, many) {
            (None, None) => Ok((Nations::all(), vec![NO_NATION.to_owned()])),
            (Some(nation), None) => Ok((nation.parse::<Nation>()?.into(), Vec::new())),
            (None, Some(Value::Array(names))) => {
                let mut nations = Vec::with_capacity(names.len());
                for name in names {
                    let name = name.as_str().map_or_else(|| name.to_string(), str::to_owned);
                    nations.push(name.parse::<Nation>()?);
                }
                Ok((Nations::of(nations)?, Vec::new()))
            }
            (None, Some(other)) => Err(Refused(format!("\"nations\" must be a list of nations, not {other}."))),
            (Some(_), Some(_)) => Err(Refused("Give \"nation\" or \"nations\", not both.".to_owned())),
        }
    }

    fn pauses(&mut self) -> Result<Vec<Wait>, Refused> {
        let form = |found: &Value| {
            Refused(format!("\"pauses\" must be a list such as [[\"2026-03-09\",\"2026-03-16\"]], not {found}."))
        };
        let list = match self.take("pauses") {
            None => return Ok(Vec::new()),
            Some(Value::Array(list)) => list,
            Some(other) => return Err(form(&other)),
        };
        let date = |value: &Value| {
            let text = value.as_str().ok_or_else(|| form(value))?;
            iso_date(text).map_err(|error| in_field("pauses", &error))
        };
        list.iter()
            .map(|pause| match pause.as_array().map(Vec::as_slice) {
                Some([asked] | [asked, Value::Null]) => Ok(Wait { asked: date(asked)?, answered: None }),
                Some([asked, answered]) => Ok(Wait { asked: date(asked)?, answered: Some(date(answered)?) }),
                _ => Err(form(pause)),
            })
            .collect()
    }

    fn nothing_left(&self) -> Result<(), Refused> {
        match self.left.first() {
            None => Ok(()),
            Some((name, _)) => Err(Refused(format!(
                "\"{name}\" is not a field of this kind of line. The fields are: {}.",
                self.taken.join(", ")
            ))),
        }
    }
}

fn missing(name: &str, example: &str) -> Refused {
    Refused(format!("\"{name}\" is missing. Add it, for example \"{name}\":\"{example}\"."))
}

fn in_field(name: &str, error: &DateUnreadable) -> Refused {
    Refused(format!(
        "{name}: {}",
        match error {
            DateUnreadable::Form(text) => format!("\"{text}\" is not a date. Write it as 2026-03-02."),
            DateUnreadable::Moment(text) =>
                format!("\"{text}\" is not a moment. Write it as 2026-10-24T12:00:00+01:00."),
            other => other.to_string(),
        }
    ))
}
