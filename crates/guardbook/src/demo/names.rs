//! Names of people who do not exist: given names from many places, surnames made up for this demo.

use super::dice::Dice;

/// Given names of children and adults.
const GIVEN: &[&str] = &[
    "Aaliyah", "Adaeze", "Aled", "Amina", "Anh", "Aoife", "Bartek", "Bethan", "Callum", "Chidi", "Dafydd", "Daisy",
    "Duc", "Elin", "Emeka", "Ewa", "Faris", "Ffion", "Finlay", "Freya", "Gethin", "Grace", "Hana", "Harun", "Hoa",
    "Idris", "Ifeoma", "Isla", "Jakub", "Jasmine", "Kasia", "Keziah", "Khalid", "Lan", "Layla", "Leo", "Lowri",
    "Magda", "Mai", "Malik", "Marek", "Mariam", "Nia", "Noor", "Ola", "Oskar", "Owain", "Phoebe", "Piotr", "Quang",
    "Rania", "Rhodri", "Rory", "Salma", "Seren", "Skye", "Tam", "Temitope", "Thi", "Tomos", "Uche", "Wiktor", "Yusuf",
    "Zainab", "Zofia", "Zosia",
];

/// Surnames. They are put together from things of the countryside, so that nobody finds their own.
const SURNAMES: &[&str] = &[
    "Abbeyfern",
    "Adewale-Marsh",
    "al-Marjanah",
    "al-Qamarin",
    "ap Llwynfedw",
    "Applewhistle",
    "Bielicka-Thorn",
    "Bracketsworth",
    "Brambleby",
    "Cadwynfor",
    "Candlewick",
    "Chukwuemelu",
    "Copperwell",
    "Czarnogórska",
    "Dobromirski",
    "Driftwell",
    "Eboigbe-Hart",
    "Fennimore-Vale",
    "Ferndyke",
    "Glaslynfa",
    "Goldenhay",
    "Harrowmere",
    "Heatherstone",
    "ibn Zaytuni",
    "Jasnowiejska",
    "Kettlewood",
    "Lampwright",
    "Larkbridge",
    "Lê-Hollow",
    "Llanfawrwy",
    "Marigoldsby",
    "Meadowcroft-Ali",
    "Mossgrove",
    "Ngô-Fairwater",
    "Nguyễn-Brook",
    "Nightingrove",
    "Nwachukwu-Lane",
    "Oakapple",
    "Oluwaseyi-Field",
    "Otterburrow",
    "Penhalwyn",
    "Phạm-Willow",
    "Pieczarkowska",
    "Quillfeather",
    "Rainsborough-Obi",
    "Rookhollow",
    "Rowntreeford",
    "Sandymere",
    "Silverbeck",
    "Starlingford",
    "Świetlikowski",
    "Thimblethorpe",
    "Thistledown",
    "Trần-Ashby",
    "Umbrellow",
    "Vixenhurst",
    "Wagstaffe-Njoku",
    "Wędrowicz",
    "Wickerbridge",
    "Windlebury",
    "Wrenacre",
    "Yarrowby",
    "Yewtreeson",
    "Ysgubordy",
];

/// A given name.
pub fn given(dice: &mut Dice) -> &'static str {
    dice.pick::<&str>(GIVEN)
}

/// A surname.
pub fn surname(dice: &mut Dice) -> &'static str {
    dice.pick::<&str>(SURNAMES)
}

/// Schools that do not exist.
pub const SCHOOLS: &[&str] = &[
    "Marl Hill Primary",
    "Ysgol y Berllan",
    "St Swithun's Junior",
    "Quarry Lane Academy",
    "The Orchard School",
    "Beacon Park High",
    "Millrace Primary",
    "Harbour View School",
];

/// Streets of a town that does not exist.
pub const STREETS: &[&str] = &[
    "Lantern Row",
    "Quarry Lane",
    "Millrace Street",
    "Harbour View",
    "Orchard Close",
    "Beacon Road",
    "Saddler's Court",
    "Tannery Walk",
    "Larkfield Avenue",
    "Signal Terrace",
    "Weir Gardens",
    "Cobbler's Yard",
];

/// An address with a postcode that is never given out.
pub fn address(dice: &mut Dice) -> (String, String) {
    let postcode = format!("ZZ{} {}{}{}", dice.between(1, 9), dice.between(1, 9), letter(dice), letter(dice));
    let street = dice.pick(STREETS);
    (format!("{} {street}\nSampleton\n{postcode}", dice.between(1, 140)), postcode)
}

fn letter(dice: &mut Dice) -> char {
    *dice.pick(&['A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L', 'N', 'P', 'Q', 'R', 'S', 'T'])
}

/// A mobile number from the range that is kept for plays and films.
pub fn mobile(dice: &mut Dice) -> String {
    format!("07700 900{:03}", dice.between(0, 999))
}

/// A landline from the range that is kept for plays and films.
pub fn landline(dice: &mut Dice) -> String {
    format!("01632 960{:03}", dice.between(0, 999))
}

/// An address for e-mail that leads nowhere.
pub fn email(name: &str) -> String {
    let plain: String = name
        .to_lowercase()
        .chars()
        .filter_map(|each| match each {
            'a'..='z' | '0'..='9' => Some(each),
            ' ' | '-' => Some('.'),
            'ễ' | 'ê' | 'ę' | 'ế' => Some('e'),
            'ô' | 'ó' => Some('o'),
            'ạ' | 'ầ' | 'ą' => Some('a'),
            'ś' => Some('s'),
            'ł' => Some('l'),
            _ => None,
        })
        .collect();
    format!("{plain}@example.org")
}
