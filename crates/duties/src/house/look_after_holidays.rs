//! Bank holidays that were proclaimed after this program was built: time limits that end on them move on.

use access::Action;
use book::Act;
use clock::Nation;
use jiff::civil::Date;
use records::house::Holiday;
use records::{Content, Purpose, RecordId};

use super::{HouseError, write};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A holiday as a form has it.
#[derive(Clone, Debug, Default)]
pub struct HolidayForm {
    /// The day; none where the date does not read.
    pub day: Option<Date>,
    /// Where.
    pub nations: Vec<Nation>,
    /// What for.
    pub name: String,
}

impl HolidayForm {
    fn into_holiday(self) -> Result<Holiday, HouseError> {
        let mut faults = Vec::new();
        if self.name.trim().is_empty() {
            faults.push(("name", "Say what the holiday is for"));
        }
        if self.day.is_none() {
            faults.push(("day", "Enter the day, like 15 6 2028"));
        }
        if self.nations.is_empty() {
            faults.push(("nations", "Choose where it is a bank holiday"));
        }
        match self.day {
            Some(day) if faults.is_empty() => {
                Ok(Holiday { day, nations: self.nations, name: self.name.trim().to_owned() })
            }
            _ => Err(HouseError::Fields(faults)),
        }
    }
}

/// Adds a bank holiday.
pub async fn add_holiday(office: &Office, who: &SignedIn, form: HolidayForm) -> Result<(), HouseError> {
    let operation = office.permit(who, Action::ManageHolidays, None, Purpose::Administration, "").await?;
    write(office, &operation, Act::SettingChanged, None, Content::Holiday(form.into_holiday()?)).await
}

/// Puts right a bank holiday that was added.
pub async fn change_holiday(
    office: &Office,
    who: &SignedIn,
    id: RecordId,
    form: HolidayForm,
) -> Result<(), HouseError> {
    let operation = office.permit(who, Action::ManageHolidays, None, Purpose::Administration, "").await?;
    let house = office.house().await?;
    let (header, _) = house.added_holidays.iter().find(|(header, _)| header.id == id).ok_or(Stopped::NotFound)?;
    write(office, &operation, Act::SettingChanged, Some(header), Content::Holiday(form.into_holiday()?)).await
}
