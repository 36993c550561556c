//! The pictures of Easy Read papers: our own small set, drawn in one line width and few colours.

/// A picture beside one idea in Easy Read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Picture {
    /// A bin.
    Bin,
    /// A calendar page.
    Calendar,
    /// A camera.
    Camera,
    /// A clock.
    Clock,
    /// A computer screen.
    Computer,
    /// A page with covered lines.
    CoveredPage,
    /// A cross in a circle: no.
    Cross,
    /// An eye.
    Eye,
    /// A folder.
    Folder,
    /// A heart: help and care.
    Heart,
    /// A house.
    House,
    /// A key.
    Key,
    /// An envelope.
    Letter,
    /// A padlock.
    Lock,
    /// A magnifying glass: looking for something.
    Magnifier,
    /// A camera crossed out.
    NoCamera,
    /// A page with lines.
    Page,
    /// A pen.
    Pen,
    /// One person.
    Person,
    /// A telephone.
    Phone,
    /// A person with a question mark.
    Question,
    /// A shield: safe.
    Shield,
    /// A speech bubble.
    Speech,
    /// A tick in a circle: yes.
    Tick,
    /// Two people.
    TwoPeople,
    /// A triangle with an exclamation mark.
    Warning,
}

/// What there is to say and draw of one picture.
struct Drawing {
    name: &'static str,
    alternative: &'static str,
    shapes: &'static str,
}

impl Picture {
    /// The whole set.
    pub const ALL: [Self; 26] = [
        Self::Bin,
        Self::Calendar,
        Self::Camera,
        Self::Clock,
        Self::Computer,
        Self::CoveredPage,
        Self::Cross,
        Self::Eye,
        Self::Folder,
        Self::Heart,
        Self::House,
        Self::Key,
        Self::Letter,
        Self::Lock,
        Self::Magnifier,
        Self::NoCamera,
        Self::Page,
        Self::Pen,
        Self::Person,
        Self::Phone,
        Self::Question,
        Self::Shield,
        Self::Speech,
        Self::Tick,
        Self::TwoPeople,
        Self::Warning,
    ];

    /// The name by which a text asks for it: `covered-page`.
    pub fn name(self) -> &'static str {
        self.drawing().name
    }

    /// The picture with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|picture| picture.name() == name)
    }

    /// What it shows, for people who do not see it.
    pub fn alternative(self) -> &'static str {
        self.drawing().alternative
    }

    /// The drawing as a whole SVG file, 96 by 96 units, without text and without anything that loads or runs.
    pub fn svg(self) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"96\" viewBox=\"0 0 96 96\" fill=\"none\" \
             stroke=\"#53306e\" stroke-width=\"5\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{}</svg>",
            self.drawing().shapes
        )
    }

    #[expect(clippy::too_many_lines, reason = "one entry per picture")]
    fn drawing(self) -> &'static Drawing {
        match self {
            Self::Bin => &Drawing {
                name: "bin",
                alternative: "Picture: a bin",
                shapes: r##"<path d="M24 30l5 56h38l5-56z" fill="#f3edf7"/><path d="M14 30h68M38 30V16h20v14M40 44l2 28M56 44l-2 28"/>"##,
            },
            Self::Calendar => &Drawing {
                name: "calendar",
                alternative: "Picture: a calendar",
                shapes: r##"<rect x="12" y="18" width="72" height="66" rx="5" fill="#f3edf7"/><path d="M12 38h72M30 10v16M66 10v16"/><path d="M30 52h6M46 52h6M62 52h6M30 68h6M46 68h6"/>"##,
            },
            Self::Camera => &Drawing {
                name: "camera",
                alternative: "Picture: a camera",
                shapes: r##"<path d="M8 30h20l6-12h28l6 12h20v50H8z" fill="#f3edf7"/><circle cx="48" cy="54" r="16"/>"##,
            },
            Self::Clock => &Drawing {
                name: "clock",
                alternative: "Picture: a clock",
                shapes: r##"<circle cx="48" cy="48" r="38" fill="#f3edf7"/><path d="M48 24v25l16 11"/>"##,
            },
            Self::Computer => &Drawing {
                name: "computer",
                alternative: "Picture: a computer",
                shapes: r##"<rect x="10" y="14" width="76" height="52" rx="5" fill="#f3edf7"/><path d="M48 66v16M28 84h40"/>"##,
            },
            Self::CoveredPage => &Drawing {
                name: "covered-page",
                alternative: "Picture: a page with covered lines",
                shapes: r##"<rect x="18" y="8" width="60" height="80" rx="4" fill="#f3edf7"/><path d="M30 24h36M30 72h24"/><path d="M30 40h36M30 56h28" stroke="#1b1f2a" stroke-width="11" stroke-linecap="butt"/>"##,
            },
            Self::Cross => &Drawing {
                name: "cross",
                alternative: "Picture: a cross for no",
                shapes: r##"<circle cx="48" cy="48" r="38" fill="#f3edf7" stroke="#a3212f"/><path d="M34 34l28 28M62 34L34 62" stroke="#a3212f" stroke-width="8"/>"##,
            },
            Self::Eye => &Drawing {
                name: "eye",
                alternative: "Picture: an eye",
                shapes: r##"<path d="M6 48c12-18 26-26 42-26s30 8 42 26c-12 18-26 26-42 26S18 66 6 48z" fill="#f3edf7"/><circle cx="48" cy="48" r="12"/>"##,
            },
            Self::Folder => &Drawing {
                name: "folder",
                alternative: "Picture: a folder",
                shapes: r##"<path d="M10 22h28l8 12h40v46H10z" fill="#f3edf7"/><path d="M10 46h76"/>"##,
            },
            Self::Heart => &Drawing {
                name: "heart",
                alternative: "Picture: a heart",
                shapes: r##"<path d="M48 84C12 58 8 44 12 32c6-16 28-16 36 2 8-18 30-18 36-2 4 12 0 26-36 52z" fill="#f3edf7"/>"##,
            },
            Self::House => &Drawing {
                name: "house",
                alternative: "Picture: a house",
                shapes: r##"<path d="M18 44v42h60V44" fill="#f3edf7"/><path d="M8 48l40-36 40 36M40 86V62h16v24"/>"##,
            },
            Self::Key => &Drawing {
                name: "key",
                alternative: "Picture: a key",
                shapes: r##"<circle cx="28" cy="48" r="18" fill="#f3edf7"/><path d="M46 48h42v16M72 48v12"/>"##,
            },
            Self::Letter => &Drawing {
                name: "letter",
                alternative: "Picture: a letter",
                shapes: r##"<rect x="10" y="22" width="76" height="54" rx="5" fill="#f3edf7"/><path d="M12 27l36 28 36-28"/>"##,
            },
            Self::Lock => &Drawing {
                name: "lock",
                alternative: "Picture: a lock",
                shapes: r##"<rect x="18" y="42" width="60" height="44" rx="6" fill="#f3edf7"/><path d="M30 42V30a18 18 0 0136 0v12M48 60v10"/>"##,
            },
            Self::Magnifier => &Drawing {
                name: "magnifier",
                alternative: "Picture: a magnifying glass",
                shapes: r##"<circle cx="40" cy="40" r="28" fill="#f3edf7"/><path d="M60 60l26 26" stroke-width="8"/>"##,
            },
            Self::NoCamera => &Drawing {
                name: "no-camera",
                alternative: "Picture: a camera, crossed out",
                shapes: r##"<path d="M8 30h20l6-12h28l6 12h20v50H8z" fill="#f3edf7"/><circle cx="48" cy="54" r="16"/><path d="M10 10l76 78" stroke="#a3212f" stroke-width="8"/>"##,
            },
            Self::Page => &Drawing {
                name: "page",
                alternative: "Picture: a page of writing",
                shapes: r##"<rect x="18" y="8" width="60" height="80" rx="4" fill="#f3edf7"/><path d="M30 26h36M30 42h36M30 58h36M30 74h20"/>"##,
            },
            Self::Pen => &Drawing {
                name: "pen",
                alternative: "Picture: a pen",
                shapes: r##"<path d="M14 82l6-24 46-46 18 18-46 46z" fill="#f3edf7"/><path d="M56 22l18 18M14 82l12-4"/>"##,
            },
            Self::Person => &Drawing {
                name: "person",
                alternative: "Picture: a person",
                shapes: r##"<circle cx="48" cy="30" r="16" fill="#f3edf7"/><path d="M16 84c0-20 14-30 32-30s32 10 32 30z" fill="#f3edf7"/>"##,
            },
            Self::Phone => &Drawing {
                name: "phone",
                alternative: "Picture: a telephone",
                shapes: r##"<rect x="28" y="6" width="40" height="84" rx="8" fill="#f3edf7"/><path d="M28 22h40M28 70h40M48 80v1"/>"##,
            },
            Self::Question => &Drawing {
                name: "question",
                alternative: "Picture: a person with a question",
                shapes: r##"<circle cx="34" cy="38" r="14" fill="#f3edf7"/><path d="M8 86c0-18 11-27 26-27s26 9 26 27z" fill="#f3edf7"/><path d="M64 22c0-14 22-13 22 1 0 10-11 9-11 19M75 55v1"/>"##,
            },
            Self::Shield => &Drawing {
                name: "shield",
                alternative: "Picture: a shield",
                shapes: r##"<path d="M48 8l34 12v26c0 22-14 34-34 42-20-8-34-20-34-42V20z" fill="#f3edf7"/><path d="M34 46l11 11 18-22"/>"##,
            },
            Self::Speech => &Drawing {
                name: "speech",
                alternative: "Picture: talking",
                shapes: r##"<path d="M10 16h76v48H46L28 82V64H10z" fill="#f3edf7"/><path d="M26 34h44M26 48h28"/>"##,
            },
            Self::Tick => &Drawing {
                name: "tick",
                alternative: "Picture: a tick for yes",
                shapes: r##"<circle cx="48" cy="48" r="38" fill="#f3edf7" stroke="#1e6b3a"/><path d="M30 50l13 13 24-28" stroke="#1e6b3a" stroke-width="8"/>"##,
            },
            Self::TwoPeople => &Drawing {
                name: "two-people",
                alternative: "Picture: two people",
                shapes: r##"<circle cx="32" cy="32" r="13" fill="#f3edf7"/><path d="M8 82c0-18 10-28 24-28s24 10 24 28z" fill="#f3edf7"/><circle cx="66" cy="36" r="11"/><path d="M62 58c15-2 26 8 26 24H66"/>"##,
            },
            Self::Warning => &Drawing {
                name: "warning",
                alternative: "Picture: a warning sign",
                shapes: r##"<path d="M48 10l40 74H8z" fill="#f3edf7" stroke="#a3212f"/><path d="M48 36v22M48 70v1" stroke="#a3212f"/>"##,
            },
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
