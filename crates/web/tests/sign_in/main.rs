//! The ways in, as a browser walks them.

#![expect(clippy::unwrap_used, reason = "tests")]

mod account;
mod browser;
mod guards;
mod journeys;

use duties::SignedIn;
use duties::accounts::{code_at, hash_password};
use duties::records::staff::{Account, AccountState, StaffRole};
use duties::records::{PersonClass, Personal};
use testkit::TestOffice;

/// A password that is taken.
pub const PASSWORD: &str = "teapot gravel onward";
/// The secret of everybody's telephone.
pub const SECRET: [u8; 20] = [7; 20];

/// Somebody with a password and a telephone, signed in nowhere.
pub async fn somebody(office: &TestOffice, name: &str, roles: &[StaffRole]) -> SignedIn {
    static HASH: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| hash_password(PASSWORD));
    let file = office.person(PersonClass::Staff, name, None, Vec::new()).await;
    let account = Account {
        password: Some(HASH.clone()),
        totp: Some(Personal::new(SECRET.to_vec())),
        state: AccountState::Active,
        roles: roles.to_vec(),
        ..Account::new(email(name))
    };
    office.with_account(file, name, account).await
}

/// The address of somebody with this name.
pub fn email(name: &str) -> String {
    format!("{}@lantern.example.org", name.to_lowercase().replace(' ', "."))
}

/// The code that the telephone shows now.
pub fn code(office: &TestOffice) -> String {
    code_at(&SECRET, office.office.now()).unwrap()
}
