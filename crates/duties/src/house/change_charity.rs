//! Change the charity's details and the regulator's, as letters and notices print them.

use access::Action;
use book::Act;
use clock::Nation;
use jiff::civil::Date;
use records::house::{Charity, Regulator};
use records::{Content, Purpose};

use super::{HouseError, lines, write};
use crate::office::Office;
use crate::permit::SignedIn;

/// The details as a form has them.
#[derive(Clone, Debug, Default)]
pub struct CharityForm {
    /// The charity's name.
    pub name: String,
    /// Its registration.
    pub registration: String,
    /// Its address, a line each.
    pub address: String,
    /// The data protection contact's e-mail.
    pub contact_email: String,
    /// The data protection contact's telephone.
    pub contact_phone: String,
    /// Where it works.
    pub nations: Vec<Nation>,
    /// The regulator's name.
    pub regulator_name: String,
    /// The regulator's address, a line each.
    pub regulator_address: String,
    /// The regulator's telephone.
    pub regulator_phone: String,
    /// The regulator's website.
    pub regulator_website: String,
    /// The day on which the regulator's details were checked; none where the date does not read.
    pub regulator_checked: Option<Date>,
}

/// Changes the details.
pub async fn change_charity(office: &Office, who: &SignedIn, form: CharityForm) -> Result<(), HouseError> {
    let operation = office.permit(who, Action::ManageSettings, None, Purpose::Administration, "").await?;
    let mut faults = Vec::new();
    let mut need = |field, text: &str, words| {
        if text.trim().is_empty() {
            faults.push((field, words));
        }
    };
    need("name", &form.name, "Enter the charity's name");
    need("address", &form.address, "Enter the charity's address: letters need it");
    need("contact-email", &form.contact_email, "Enter the e-mail address for data protection");
    need("regulator-name", &form.regulator_name, "Enter the regulator's name");
    need("regulator-address", &form.regulator_address, "Enter the regulator's address");
    if !form.contact_email.trim().is_empty() && !form.contact_email.contains('@') {
        faults.push(("contact-email", "Enter an e-mail address, like name@example.org"));
    }
    if form.nations.is_empty() {
        faults.push(("nations", "Choose where the charity works: the bank holidays depend on it"));
    }
    let checked = match form.regulator_checked {
        None => {
            faults.push(("regulator-checked", "Enter the day on which you checked these details, like 22 11 2026"));
            operation.today()
        }
        Some(day) if day > operation.today() => {
            faults.push(("regulator-checked", "The day on which you checked these details cannot be in the future"));
            day
        }
        Some(day) => day,
    };
    if !faults.is_empty() {
        return Err(HouseError::Fields(faults));
    }
    let house = office.house().await?;
    let (header, was) = &house.charity;
    let plain = |text: &str| text.trim().to_owned();
    let charity = Charity {
        name: plain(&form.name),
        registration: plain(&form.registration),
        address: lines(&form.address),
        contact_email: plain(&form.contact_email),
        contact_phone: plain(&form.contact_phone),
        nations: form.nations,
        regulator: Regulator {
            name: plain(&form.regulator_name),
            address: lines(&form.regulator_address),
            phone: plain(&form.regulator_phone),
            website: plain(&form.regulator_website),
            checked,
        },
        demo: was.demo,
        own_words: was.own_words.clone(),
    };
    write(office, &operation, Act::SettingChanged, Some(header), Content::Charity(Box::new(charity))).await
}
