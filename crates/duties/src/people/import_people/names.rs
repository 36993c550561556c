//! The uses of a column, and the names by which tables call them.

use records::catalogue::DataCategory;

use super::columns::Column;
use super::problem::Of;

/// Every use of a column, its slug, and the names by which it is known, folded: lower case, letters and figures only.
pub const NAMES: &[(Column, &str, &[&str])] = {
    use DataCategory as D;
    &[
        (
            Column::Number,
            "number",
            &[
                "personid",
                "id",
                "number",
                "reference",
                "ref",
                "casenumber",
                "caseref",
                "clientid",
                "clientnumber",
                "childid",
                "urn",
                "recordid",
                "personnumber",
                "contactid",
            ],
        ),
        (Column::Class, "class", &["role", "class", "type", "persontype", "kind", "contacttype"]),
        (Column::Name, "name", &["name", "fullname", "personname", "clientname", "childname", "childsname"]),
        (
            Column::First,
            "first",
            &["firstname", "forename", "forenames", "firstnames", "givenname", "givennames", "first", "christianname"],
        ),
        (Column::Last, "last", &["lastname", "surname", "familyname", "last", "secondname"]),
        (
            Column::Preferred,
            "preferred",
            &["knownas", "preferredname", "preferred", "nickname", "calledname", "likestobecalled"],
        ),
        (
            Column::Former,
            "former",
            &[
                "formername",
                "formernames",
                "maidenname",
                "previousname",
                "previousnames",
                "othername",
                "othernames",
                "alias",
                "aliases",
                "aka",
                "nativename",
            ],
        ),
        (Column::Born, "born", &["dateofbirth", "dob", "birthdate", "birthday", "born", "birth"]),
        (Column::Pronouns, "pronouns", &["pronouns", "pronoun"]),
        (Column::Language, "language", &["language", "preferredlanguage", "firstlanguage"]),
        (
            Column::Phone,
            "phone",
            &["phone", "telephone", "tel", "phonenumber", "telephonenumber", "homephone", "contactnumber", "landline"],
        ),
        (Column::Mobile, "mobile", &["mobile", "mobilephone", "mobilenumber", "cell"]),
        (Column::Email, "email", &["email", "emailaddress", "mail"]),
        (Column::Street, "street", &["street", "address", "address1", "addressline1", "homeaddress", "streetaddress"]),
        (Column::Street2, "street-2", &["address2", "addressline2", "supplementaladdress1"]),
        (Column::Town, "town", &["town", "city", "posttown", "towncity", "address3", "addressline3"]),
        (Column::County, "county", &["county", "address4", "addressline4"]),
        (Column::Postcode, "postcode", &["postcode", "postalcode", "zip", "zipcode"]),
        (Column::RelatedTo, "related-to", &["relatedto", "relatedid", "childnumber", "linkedto"]),
        (Column::Relation, "relation", &["relation", "relationship", "relationshiptochild"]),
        (Column::Service, "service", &["service", "project", "servicename", "projectname"]),
        (Column::Reason, "reason", &["reason", "whyreferred", "reasonforreferral", "referralreason"]),
        (
            Column::Strict(D::Health),
            "health",
            &[
                "health",
                "medical",
                "medicalconditions",
                "medicalneeds",
                "conditions",
                "diagnosis",
                "disability",
                "disabilities",
                "allergies",
                "medication",
                "healthneeds",
                "sen",
                "send",
            ],
        ),
        (
            Column::Strict(D::Money),
            "money",
            &["income", "benefits", "finances", "financial", "money", "debt", "debts", "bankaccount", "sortcode"],
        ),
        (Column::Strict(D::Ethnicity), "ethnicity", &["ethnicity", "ethnicorigin", "race", "ethnicgroup"]),
        (Column::Strict(D::Religion), "religion", &["religion", "faith", "belief", "religionorbelief"]),
        (Column::Strict(D::Politics), "politics", &["politics", "politicalopinion", "politicalopinions"]),
        (Column::Strict(D::Union), "union", &["union", "tradeunion", "unionmembership"]),
        (Column::Strict(D::Sexuality), "sexuality", &["sexuality", "sexualorientation", "orientation"]),
        (Column::Strict(D::Genetic), "genetic", &["genetic", "genetics", "dna"]),
        (Column::Strict(D::Biometric), "biometric", &["biometric", "biometrics", "fingerprint"]),
        (Column::Strict(D::Offences), "offences", &["offences", "convictions", "criminalrecord", "offence"]),
    ]
};

/// The same for what only notes and enrolments have.
pub const WORK_NAMES: &[(Column, &str, &[&str])] = &[
    (
        Column::Happened,
        "happened",
        &["date", "happened", "on", "notedate", "activitydate", "contactdate", "dateofcontact", "when"],
    ),
    (Column::Title, "title", &["title", "subject", "heading", "type", "kind", "notetype", "activitytype", "category"]),
    (Column::Text, "text", &["text", "note", "notes", "details", "description", "body", "comments"]),
    (Column::From, "from", &["from", "start", "startdate", "started", "startedon", "enrolled", "referraldate", "date"]),
    (Column::To, "to", &["to", "end", "enddate", "ended", "endedon", "closed", "exitdate", "until"]),
];

impl Of {
    /// Whether a table of this holds such a column.
    pub const fn uses(self, column: Column) -> bool {
        use Column as C;
        match (self, column) {
            (Self::People, C::Happened | C::Title | C::Text | C::From | C::To) => false,
            (Self::People, _)
            | (_, C::Number | C::Name | C::First | C::Last | C::Born | C::Service)
            | (Self::Notes, C::Happened | C::Title | C::Text)
            | (Self::Enrolments, C::From | C::To | C::Reason) => true,
            _ => false,
        }
    }
}

impl Column {
    /// The word in forms and at the command line.
    pub fn slug(self) -> &'static str {
        NAMES.iter().chain(WORK_NAMES).find(|(column, ..)| *column == self).map_or("", |(_, slug, _)| slug)
    }

    /// The column that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        NAMES.iter().chain(WORK_NAMES).find(|(_, known, _)| *known == slug).map(|(column, ..)| *column)
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Number => "number in earlier records",
            Self::Class => "who they are",
            Self::Name => "name",
            Self::First => "first name",
            Self::Last => "last name",
            Self::Preferred => "what they want to be called",
            Self::Former => "former and other names",
            Self::Born => "date of birth",
            Self::Pronouns => "pronouns",
            Self::Language => "language",
            Self::Phone => "telephone",
            Self::Mobile => "mobile telephone",
            Self::Email => "e-mail",
            Self::Street => "address",
            Self::Street2 => "address, second line",
            Self::Town => "address, town",
            Self::County => "address, county",
            Self::Postcode => "postcode",
            Self::RelatedTo => "to whom they belong",
            Self::Relation => "what they are to that person",
            Self::Service => "service",
            Self::Reason => "why they use the service",
            Self::Happened => "day of the note",
            Self::Title => "what the note is about",
            Self::Text => "text of the note",
            Self::From => "first day with the service",
            Self::To => "last day with the service",
            Self::Strict(about) => about.words(),
        }
    }

    /// The uses that a form offers: what is kept for people, and of the strict categories those that a service may need.
    pub fn offered(of: Of) -> impl Iterator<Item = (&'static str, &'static str)> {
        let kept = |column: Self| !matches!(column, Self::Strict(about) if !matches!(about, DataCategory::Health | DataCategory::Money));
        NAMES
            .iter()
            .chain(WORK_NAMES)
            .filter(move |(column, ..)| of.uses(*column) && kept(*column))
            .map(|(column, slug, _)| (*slug, column.words()))
    }
}
