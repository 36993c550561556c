//! Add a service, and change what it is, what it needs to know, and when it ended.

use access::Action;
use book::Act;
use jiff::civil::Date;
use records::catalogue::DataCategory;
use records::house::Service;
use records::{Content, Purpose, ServiceId};

use super::{HouseError, write};
use crate::office::{House, Office};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A service as a form has it.
#[derive(Clone, Debug, Default)]
pub struct ServiceForm {
    /// Its name.
    pub name: String,
    /// What it does, in a sentence for families.
    pub about: String,
    /// What it must know that the law or the policy treats strictly.
    pub needs: Vec<DataCategory>,
    /// Whose contract it is.
    pub commissioner: String,
    /// Its last day, once it has ended.
    pub ended: Option<Date>,
}

impl ServiceForm {
    fn faults(&self, house: &House, own: Option<ServiceId>) -> Vec<(&'static str, &'static str)> {
        let name = self.name.trim().to_lowercase();
        let mut faults = Vec::new();
        if name.is_empty() {
            faults.push(("name", "Enter the service's name"));
        } else if house.services.iter().any(|(_, s)| Some(s.id) != own && s.name.to_lowercase() == name) {
            faults.push(("name", "There is a service with this name already"));
        }
        if self.about.trim().is_empty() {
            faults.push(("about", "Say in a sentence what the service does"));
        }
        if self.needs.iter().any(|category| !DataCategory::NEEDED.contains(category)) {
            faults.push(("needs", "Choose from the list"));
        }
        faults
    }

    fn into_service(self, id: ServiceId) -> Service {
        let commissioner = self.commissioner.trim();
        Service {
            id,
            name: self.name.trim().to_owned(),
            about: self.about.trim().to_owned(),
            needs: self.needs,
            commissioner: (!commissioner.is_empty()).then(|| commissioner.to_owned()),
            ended: self.ended,
        }
    }
}

/// Adds a service.
pub async fn add_service(office: &Office, who: &SignedIn, form: ServiceForm) -> Result<ServiceId, HouseError> {
    let operation = office.permit(who, Action::ManageServices, None, Purpose::Administration, "").await?;
    let faults = form.faults(&*office.house().await?, None);
    if !faults.is_empty() {
        return Err(HouseError::Fields(faults));
    }
    let id = ServiceId::from_uuid(uuid::Uuid::new_v4());
    write(office, &operation, Act::ServiceChanged, None, Content::Service(form.into_service(id))).await?;
    Ok(id)
}

/// Changes a service. What was kept under a need that is taken away stays until its time limit.
pub async fn change_service(
    office: &Office,
    who: &SignedIn,
    id: ServiceId,
    form: ServiceForm,
) -> Result<(), HouseError> {
    let operation = office.permit(who, Action::ManageServices, None, Purpose::Administration, "").await?;
    let house = office.house().await?;
    let (header, _) = house.services.iter().find(|(_, service)| service.id == id).ok_or(Stopped::NotFound)?;
    let faults = form.faults(&house, Some(id));
    if !faults.is_empty() {
        return Err(HouseError::Fields(faults));
    }
    write(office, &operation, Act::ServiceChanged, Some(header), Content::Service(form.into_service(id))).await
}
