//! The places outside the book where records may lie: every search for a request goes through this list.

use access::Action;
use book::Act;
use records::house::Place;
use records::{Content, Purpose, RecordId};

use super::{HouseError, write};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A place as a form has it.
#[derive(Clone, Debug, Default)]
pub struct PlaceForm {
    /// Its name.
    pub name: String,
    /// Who can look there.
    pub holder: String,
    /// No longer in use.
    pub closed: bool,
}

impl PlaceForm {
    fn into_place(self) -> Result<Place, HouseError> {
        let mut faults = Vec::new();
        if self.name.trim().is_empty() {
            faults.push(("name", "Enter the place's name, like Cabinet 2"));
        }
        if self.holder.trim().is_empty() {
            faults.push(("holder", "Say who can look there"));
        }
        if !faults.is_empty() {
            return Err(HouseError::Fields(faults));
        }
        Ok(Place { name: self.name.trim().to_owned(), holder: self.holder.trim().to_owned(), closed: self.closed })
    }
}

/// Adds a place.
pub async fn add_place(office: &Office, who: &SignedIn, form: PlaceForm) -> Result<(), HouseError> {
    let operation = office.permit(who, Action::ManagePlaces, None, Purpose::Administration, "").await?;
    write(office, &operation, Act::SettingChanged, None, Content::Place(form.into_place()?)).await
}

/// Changes a place, or closes it.
pub async fn change_place(office: &Office, who: &SignedIn, id: RecordId, form: PlaceForm) -> Result<(), HouseError> {
    let operation = office.permit(who, Action::ManagePlaces, None, Purpose::Administration, "").await?;
    let house = office.house().await?;
    let (header, _) = house.places.iter().find(|(header, _)| header.id == id).ok_or(Stopped::NotFound)?;
    write(office, &operation, Act::SettingChanged, Some(header), Content::Place(form.into_place()?)).await
}
