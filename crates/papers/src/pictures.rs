//! The pictures of Easy Read papers: our own small set, drawn in one line width and two colours.

/// A picture beside one idea in Easy Read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Picture {
    /// An envelope.
    Letter,
    /// A calendar page.
    Calendar,
    /// One person.
    Person,
    /// Two people.
    People,
    /// A person with a question mark.
    Question,
    /// A page with covered lines.
    CoveredPage,
    /// A page with lines.
    Page,
    /// A padlock.
    Lock,
    /// A telephone.
    Phone,
    /// A bin.
    Bin,
    /// An eye.
    Eye,
    /// A camera crossed out.
    NoCamera,
    /// A camera.
    Camera,
    /// A computer screen.
    Computer,
    /// A tick in a circle: yes.
    Yes,
    /// A cross in a circle: no.
    No,
    /// Two hands of help: a heart.
    Help,
    /// A speech bubble.
    Talk,
}

impl Picture {
    /// The whole set.
    pub const ALL: [Self; 18] = [
        Self::Letter,
        Self::Calendar,
        Self::Person,
        Self::People,
        Self::Question,
        Self::CoveredPage,
        Self::Page,
        Self::Lock,
        Self::Phone,
        Self::Bin,
        Self::Eye,
        Self::NoCamera,
        Self::Camera,
        Self::Computer,
        Self::Yes,
        Self::No,
        Self::Help,
        Self::Talk,
    ];

    /// The name by which a text asks for it: `covered-page`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Calendar => "calendar",
            Self::Person => "person",
            Self::People => "people",
            Self::Question => "question",
            Self::CoveredPage => "covered-page",
            Self::Page => "page",
            Self::Lock => "lock",
            Self::Phone => "phone",
            Self::Bin => "bin",
            Self::Eye => "eye",
            Self::NoCamera => "no-camera",
            Self::Camera => "camera",
            Self::Computer => "computer",
            Self::Yes => "yes",
            Self::No => "no",
            Self::Help => "help",
            Self::Talk => "talk",
        }
    }

    /// The picture with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|picture| picture.name() == name)
    }

    /// What it shows, for people who do not see it.
    pub fn alternative(self) -> &'static str {
        match self {
            Self::Letter => "Picture: a letter",
            Self::Calendar => "Picture: a calendar",
            Self::Person => "Picture: a person",
            Self::People => "Picture: two people",
            Self::Question => "Picture: a person with a question",
            Self::CoveredPage => "Picture: a page with covered lines",
            Self::Page => "Picture: a page of writing",
            Self::Lock => "Picture: a lock",
            Self::Phone => "Picture: a telephone",
            Self::Bin => "Picture: a bin",
            Self::Eye => "Picture: an eye",
            Self::NoCamera => "Picture: a camera, crossed out",
            Self::Camera => "Picture: a camera",
            Self::Computer => "Picture: a computer",
            Self::Yes => "Picture: a tick for yes",
            Self::No => "Picture: a cross for no",
            Self::Help => "Picture: a heart",
            Self::Talk => "Picture: talking",
        }
    }

    /// The drawing as a whole SVG file, 96 by 96 units, without text and without anything that loads or runs.
    pub fn svg(self) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"96\" viewBox=\"0 0 96 96\" fill=\"none\" \
             stroke=\"#53306e\" stroke-width=\"5\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{}</svg>",
            self.shapes()
        )
    }

    fn shapes(self) -> &'static str {
        match self {
            Self::Letter => {
                r##"<rect x="10" y="22" width="76" height="54" rx="5" fill="#f3edf7"/><path d="M12 27l36 28 36-28"/>"##
            }
            Self::Calendar => {
                r##"<rect x="12" y="18" width="72" height="66" rx="5" fill="#f3edf7"/><path d="M12 38h72M30 10v16M66 10v16"/><path d="M30 52h6M46 52h6M62 52h6M30 68h6M46 68h6"/>"##
            }
            Self::Person => {
                r##"<circle cx="48" cy="30" r="16" fill="#f3edf7"/><path d="M16 84c0-20 14-30 32-30s32 10 32 30z" fill="#f3edf7"/>"##
            }
            Self::People => {
                r##"<circle cx="32" cy="32" r="13" fill="#f3edf7"/><path d="M8 82c0-18 10-28 24-28s24 10 24 28z" fill="#f3edf7"/><circle cx="66" cy="36" r="11"/><path d="M62 58c15-2 26 8 26 24H66"/>"##
            }
            Self::Question => {
                r##"<circle cx="34" cy="38" r="14" fill="#f3edf7"/><path d="M8 86c0-18 11-27 26-27s26 9 26 27z" fill="#f3edf7"/><path d="M64 22c0-14 22-13 22 1 0 10-11 9-11 19M75 55v1"/>"##
            }
            Self::CoveredPage => {
                r##"<rect x="18" y="8" width="60" height="80" rx="4" fill="#f3edf7"/><path d="M30 24h36M30 72h24"/><path d="M30 40h36M30 56h28" stroke="#1b1f2a" stroke-width="11" stroke-linecap="butt"/>"##
            }
            Self::Page => {
                r##"<rect x="18" y="8" width="60" height="80" rx="4" fill="#f3edf7"/><path d="M30 26h36M30 42h36M30 58h36M30 74h20"/>"##
            }
            Self::Lock => {
                r##"<rect x="18" y="42" width="60" height="44" rx="6" fill="#f3edf7"/><path d="M30 42V30a18 18 0 0136 0v12M48 60v10"/>"##
            }
            Self::Phone => {
                r##"<rect x="28" y="6" width="40" height="84" rx="8" fill="#f3edf7"/><path d="M28 22h40M28 70h40M48 80v1"/>"##
            }
            Self::Bin => {
                r##"<path d="M24 30l5 56h38l5-56z" fill="#f3edf7"/><path d="M14 30h68M38 30V16h20v14M40 44l2 28M56 44l-2 28"/>"##
            }
            Self::Eye => {
                r##"<path d="M6 48c12-18 26-26 42-26s30 8 42 26c-12 18-26 26-42 26S18 66 6 48z" fill="#f3edf7"/><circle cx="48" cy="48" r="12"/>"##
            }
            Self::Camera => {
                r##"<path d="M8 30h20l6-12h28l6 12h20v50H8z" fill="#f3edf7"/><circle cx="48" cy="54" r="16"/>"##
            }
            Self::NoCamera => {
                r##"<path d="M8 30h20l6-12h28l6 12h20v50H8z" fill="#f3edf7"/><circle cx="48" cy="54" r="16"/><path d="M10 10l76 78" stroke="#a3212f" stroke-width="8"/>"##
            }
            Self::Computer => {
                r##"<rect x="10" y="14" width="76" height="52" rx="5" fill="#f3edf7"/><path d="M48 66v16M28 84h40"/>"##
            }
            Self::Yes => {
                r##"<circle cx="48" cy="48" r="38" fill="#f3edf7" stroke="#1e6b3a"/><path d="M30 50l13 13 24-28" stroke="#1e6b3a" stroke-width="8"/>"##
            }
            Self::No => {
                r##"<circle cx="48" cy="48" r="38" fill="#f3edf7" stroke="#a3212f"/><path d="M34 34l28 28M62 34L34 62" stroke="#a3212f" stroke-width="8"/>"##
            }
            Self::Help => {
                r##"<path d="M48 84C12 58 8 44 12 32c6-16 28-16 36 2 8-18 30-18 36-2 4 12 0 26-36 52z" fill="#f3edf7"/>"##
            }
            Self::Talk => r##"<path d="M10 16h76v48H46L28 82V64H10z" fill="#f3edf7"/><path d="M26 34h44M26 48h28"/>"##,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_is_found_by_its_name_and_describes_itself() {
        for picture in Picture::ALL {
            assert_eq!(Picture::from_name(picture.name()), Some(picture));
            assert!(picture.alternative().starts_with("Picture: "));
        }
    }

    #[test]
    fn no_picture_loads_or_runs_anything() {
        for svg in Picture::ALL.map(Picture::svg) {
            for word in ["script", "href", "url(", "on", "<text", "style"] {
                let inside = svg.trim_start_matches(|c| c != '>');
                let found = if word == "on" { inside.contains(" on") } else { inside.contains(word) };
                assert!(!found, "{word} in {svg}");
            }
        }
    }
}
