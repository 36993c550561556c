//! The demo's staff and volunteers, and the sign-in of each role.

use jiff::civil::Date;
use records::staff::{Account, AccountState, Assignment, Grant, StaffRole};
use records::{FileId, PersonClass, Personal, ServiceId};

use super::charity::Work;
use super::dice::Dice;
use super::names::email;

/// Somebody with an account.
#[derive(Debug)]
pub struct Colleague {
    /// Their file.
    pub file: FileId,
    /// Their name.
    pub name: &'static str,
    /// What they do.
    pub role: StaffRole,
    /// Where they work.
    pub at: &'static [Work],
    /// Their password, where the demo shows their sign-in.
    pub password: Option<&'static str>,
    /// The second factor's secret.
    pub totp: [u8; 20],
}

/// How somebody signs in to the demo. None of it is a secret.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The role.
    pub role: StaffRole,
    /// The name.
    pub name: String,
    /// The address that signs in.
    pub email: String,
    /// The password.
    pub password: String,
    /// The second factor's secret, in base 32.
    pub totp_secret: String,
}

use StaffRole::{Administrator, DataProtectionLead, FamilyWorker, SeniorManager, ServiceManager, Trustee, Volunteer};
use Work::{FamilySupport, ShortBreaks, StrongerFamilies, YoungCarers};

type Row = (&'static str, StaffRole, &'static [Work], Option<&'static str>);

/// Everybody with an account. Those with a password are shown on the sign-in page of the demo.
const TEAM: &[Row] = &[
    ("Ffion Lampwright", FamilyWorker, &[ShortBreaks, FamilySupport], Some("seven-lanterns-on-the-quay")),
    (
        "Tunde Larkbridge",
        ServiceManager,
        &[ShortBreaks, FamilySupport, StrongerFamilies],
        Some("nine-kettles-in-the-attic"),
    ),
    ("Priya Rowntreeford", DataProtectionLead, &[], Some("four-inkwells-by-the-door")),
    ("Margaret Thimblethorpe", Trustee, &[], Some("two-herons-over-the-weir")),
    ("Callum Silverbeck", Administrator, &[], Some("six-ladders-behind-the-shed")),
    ("Linh Nguyễn-Brook", Volunteer, &[ShortBreaks], Some("five-kites-above-the-park")),
    ("Agnieszka Jasnowiejska", SeniorManager, &[], Some("eight-clocks-in-the-hall")),
    ("George Umbrellow", Trustee, &[], None),
    ("Owen Sandymere", FamilyWorker, &[ShortBreaks], None),
    ("Blessing Oakapple", FamilyWorker, &[FamilySupport], None),
    ("Rhian Glaslynfa", FamilyWorker, &[YoungCarers], None),
    ("Sami al-Qamarin", FamilyWorker, &[YoungCarers], None),
    ("Joyce Fennimore-Vale", FamilyWorker, &[StrongerFamilies], None),
    ("Dominik Dobromirski", FamilyWorker, &[StrongerFamilies], None),
    ("Hettie Quillfeather", ServiceManager, &[YoungCarers], None),
];

/// The team.
pub fn team() -> Vec<Colleague> {
    let mut dice = Dice::new(0x7ea4);
    let member = |&(name, role, at, password): &Row| {
        let (file, totp) = (dice.file(), dice.bytes());
        Colleague { file, name, role, at, password, totp }
    };
    TEAM.iter().map(member).collect()
}

/// The sign-ins that the demo shows, one for each role.
pub fn sign_ins() -> Vec<SignIn> {
    let shown = team().into_iter().filter_map(|colleague| {
        let password = colleague.password?.to_owned();
        let totp_secret = base32(&colleague.totp);
        Some(SignIn {
            role: colleague.role,
            name: colleague.name.to_owned(),
            email: colleague.email(),
            password,
            totp_secret,
        })
    });
    shown.collect()
}

impl Colleague {
    /// The address that signs in.
    pub fn email(&self) -> String {
        email(self.name).replace('@', "@lantern.")
    }

    /// The class of their file.
    pub const fn class(&self) -> PersonClass {
        match self.role {
            Trustee => PersonClass::Trustee,
            Volunteer => PersonClass::Volunteer,
            _ => PersonClass::Staff,
        }
    }

    /// Their account, with a password's hash where they have one.
    pub fn account(&self, from: Date, services: &[ServiceId; 4], hash: Option<String>, grants: Vec<Grant>) -> Account {
        let service = |work: &Work| services[*work as usize];
        Account {
            password: hash,
            totp: Some(Personal::new(self.totp.to_vec())),
            state: AccountState::Active,
            roles: vec![self.role],
            assignments: self.at.iter().map(|work| Assignment { service: service(work), from, until: None }).collect(),
            grants,
            ..Account::new(self.email())
        }
    }
}

/// Base 32 as authenticator apps take it (RFC 4648, without padding).
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut out, mut bits, mut held) = (String::new(), 0_u32, 0_u32);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(LETTERS[((held >> bits) & 31) as usize]));
        }
    }
    if bits > 0 {
        out.push(char::from(LETTERS[((held << (5 - bits)) & 31) as usize]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_written_as_rfc_4648_says() {
        assert_eq!(base32(b"foobar"), "MZXW6YTBOI");
        assert_eq!(base32(b"foob"), "MZXW6YQ");
    }

    #[test]
    fn each_role_has_one_sign_in_with_an_address_of_its_own() {
        let shown = sign_ins();
        for role in [FamilyWorker, ServiceManager, DataProtectionLead, Trustee, Administrator, Volunteer, SeniorManager]
        {
            assert_eq!(shown.iter().filter(|one| one.role == role).count(), 1, "{}", role.slug());
        }
        for one in &shown {
            assert_eq!(
                shown.iter().filter(|other| other.email == one.email || other.password == one.password).count(),
                1
            );
            assert!(one.email.ends_with("@lantern.example.org"), "{}", one.email);
        }
    }
}
