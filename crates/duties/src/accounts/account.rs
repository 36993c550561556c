//! Finding an account and changing it: one place, so that every change is entered and known to every process.

use book::{Act, Filing, Work};
use records::staff::{Account, AccountState};
use records::{Actor, Content, FileId, Operation, Personal, Provenance, Record};

use crate::office::{House, Office, Staff, house_changed};
use crate::stopped::Stopped;

/// An address as accounts keep it: without spaces around it and in lower case.
pub(crate) fn plain_email(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// Whether something looks like an address at all. The proof is that its owner signs in.
pub(crate) fn looks_like_email(plain: &str) -> bool {
    plain.len() <= 200
        && !plain.contains(char::is_whitespace)
        && plain.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !host.contains('@')
        })
}

/// The account with an address.
pub(crate) fn by_email<'h>(house: &'h House, plain: &str) -> Option<&'h Staff> {
    house.staff.values().find(|staff| staff.account.email.for_search() == plain)
}

/// An account by the file of its owner.
pub(crate) fn of(house: &House, file: FileId) -> Result<&Staff, Stopped> {
    house.staff.get(&file).ok_or(Stopped::NotFound)
}

/// Whether somebody can sign in with it at all.
pub(crate) fn usable(account: &Account) -> bool {
    matches!(account.state, AccountState::Active | AccountState::SecondFactorDue)
}

/// The operation of somebody who deals with their own way in.
pub(crate) fn by_owner(office: &Office, file: FileId, why: &str) -> Operation {
    Operation::for_the_book(Actor::Staff(file), why, office.now())
}

/// Writes an account as it is to be, entered as `act`. Somebody else's change in the meantime is a conflict.
pub(crate) async fn write(work: &mut Work, act: Act, staff: &Staff, account: Account) -> Result<(), Stopped> {
    let provenance = Provenance::from_the_work(work.operation().actor.staff(), work.now());
    let record = Record::new(provenance, Content::Account(Box::new(account)));
    work.change(act, &staff.header, &record, Filing::default()).await?;
    house_changed(work).await
}

/// What a password must not be made of: the person's name and address, and the charity's name.
pub(crate) fn about(house: &House, name: &str, email: &Personal<String>) -> Vec<String> {
    [name, email.for_search(), house.charity.1.name.as_str()].map(str::to_owned).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_recognised_and_others_are_not() {
        assert_eq!(plain_email("  Ada@Example.ORG "), "ada@example.org");
        assert!(looks_like_email("ada@example.org"));
        for wrong in
            ["", "ada", "ada@", "@example.org", "ada@example", "a da@example.org", "ada@ex@ample.org", "a@.org"]
        {
            assert!(!looks_like_email(wrong), "{wrong}");
        }
    }
}
