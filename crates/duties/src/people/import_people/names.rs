//! The uses of a column, and the names by which tables call them.

use records::catalogue::DataCategory;

use super::columns::Column;

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
        (Column::Street2, "street-2", &["address2", "addressline2"]),
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

impl Column {
    /// The word in forms and at the command line.
    pub fn slug(self) -> &'static str {
        NAMES.iter().find(|(column, ..)| *column == self).map_or("", |(_, slug, _)| slug)
    }

    /// The column that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known, _)| *known == slug).map(|(column, ..)| *column)
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
            Self::Strict(about) => about.words(),
        }
    }

    /// The uses that a form offers: what is kept for people, and of the strict categories those that a service may need.
    pub fn offered() -> impl Iterator<Item = (&'static str, &'static str)> {
        let kept = |column: Self| !matches!(column, Self::Strict(about) if !matches!(about, DataCategory::Health | DataCategory::Money));
        NAMES.iter().filter(move |(column, ..)| kept(*column)).map(|(column, slug, _)| (*slug, column.words()))
    }
}
