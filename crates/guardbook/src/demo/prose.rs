//! What the demo's workers wrote: notes as they stand in a charity's files, with places for names.
//!
//! `{child}`, `{carer}`, `{sibling}`, `{friend}`, `{school}`, `{worker}` and `{doctor}` stand for names;
//! of `[one|another]` one is taken.

use records::catalogue::DataCategory;

use super::charity::Work;
use super::dice::Dice;

/// A note before its names are filled in.
#[derive(Debug)]
pub struct Draft {
    /// Where such a note is written; none for everywhere.
    pub at: Option<Work>,
    /// One line.
    pub title: &'static str,
    /// What happened.
    pub text: &'static str,
    /// The person's own words; empty for none.
    pub said: &'static str,
    /// What it touches beyond the work itself.
    pub touches: &'static [DataCategory],
}

impl Draft {
    /// Whether the note needs somebody with this place in it.
    pub fn mentions(&self, place: &str) -> bool {
        [self.title, self.text, self.said].iter().any(|words| words.contains(place))
    }
}

/// Takes one of each group of choices.
pub fn choose(text: &str, dice: &mut Dice) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let (group, after) = after.split_once(']').unwrap_or((after, ""));
        let choices: Vec<&str> = group.split('|').collect();
        out.push_str(dice.pick::<&str>(&choices));
        rest = after;
    }
    out.push_str(rest);
    out
}

const fn note(at: Option<Work>, title: &'static str, text: &'static str) -> Draft {
    Draft { at, title, text, said: "", touches: &[] }
}

impl Draft {
    const fn said(mut self, words: &'static str) -> Self {
        self.said = words;
        self
    }

    const fn about(mut self, touches: &'static [DataCategory]) -> Self {
        self.touches = touches;
        self
    }
}

use DataCategory::{Family, Health, Money, Offences, Work as OurWork};

const BREAKS: Option<Work> = Some(Work::ShortBreaks);
const SUPPORT: Option<Work> = Some(Work::FamilySupport);
const CARERS: Option<Work> = Some(Work::YoungCarers);
const STRONGER: Option<Work> = Some(Work::StrongerFamilies);

/// The notes.
pub const NOTES: &[Draft] = &[
    // Everywhere
    note(None, "Telephone call with {carer}", "{carer} rang [to ask about the holiday timetable|to say they will be late on Thursday|with a question about the form]. I [answered it and sent the dates by text|promised to ring back by the end of the week|explained what we need and why]. [Nothing else to report.|Sounded tired but well.|They asked me to say hello to {child}.]"),
    note(None, "Text message from {carer}", "{carer} wrote that {child} [has a cold and stays at home|slept badly and may be quiet today|is looking forward to this week]. I [thanked them and wished them well|changed the booking|told {worker}, who is on duty]."),
    note(None, "Met {child} at {school}", "Saw {child} at {school} in the [library|quiet room|head of year's office] for [twenty minutes|half an hour|a full lesson]. We talked about [friends|the move to the new class|what makes a good day]. {child} [was cheerful and told me a long story about a dog|was guarded at first and warmed up|said little, but drew the whole time].").said("[I like it when it is just us talking.|School is all right. Mornings are the bad bit.|Can you come on a Tuesday next time?]"),
    note(None, "Meeting at {school}", "Meeting with the [head of year|class teacher|special needs co-ordinator] at {school}. Attendance is [much better than before the summer|steady|down again, mostly Mondays]. The school will [offer a place in the breakfast club|move {child} nearer the front|ring {carer} on the first day of any absence]. We meet again in [six|four|eight] weeks."),
    note(None, "Missed appointment", "{carer} and {child} did not come to the appointment at [ten|half past two|four]. I rang and [left no message, as agreed|{carer} answered: the bus had not come|got no answer]. New appointment [next week|on Friday|made for the same time next Wednesday]."),
    note(None, "How it is going: review with the family", "Looked back on the last three months with {carer} and {child}. What is better: [bedtimes|getting to school on time|asking for help before it boils over]. What is still hard: [Sundays|homework|the noise from the flat above]. We agreed to [go on as we are|meet every second week from now on|bring {sibling} in for one session].").said("[It is better than it was. I don't shout as much.|I would like it to go on until summer.|Nobody asked me before what I wanted.]"),
    note(None, "{sibling} came along", "{sibling} came along because [there was nobody to look after them|they asked to|school was shut]. The two of them [played without a cross word|squabbled over the tablet and made up|built a den out of every cushion we have]. {sibling} told me that {child} [is much calmer at home|still has bad dreams|cooks pancakes on Sundays now]."),
    note(None, "{carer} dropped in", "{carer} came by the office without an appointment, [upset after a letter from the landlord|pleased: {child} had a good report|to bring the signed form]. We had tea. I [rang the housing office with them|made a copy of nothing and gave the report back|put the form in the file]."),
    note(None, "Letter sent", "Wrote to {carer} with [the dates of the next term|a summary of what we agreed|the names of two clubs near them]. [Sent by post to the address in the file.|Sent by e-mail, which they prefer.]"),
    note(None, "Handed over during leave", "{worker} looks after this family while I am on leave until [the 14th|the end of the month|Monday week]. Told {carer}, who [was fine with it|would rather wait for me if it is not urgent|has met {worker} before]."),
    note(None, "{child} asked what we write down", "{child} asked what I always write in my notebook. I showed the page, read it out and [changed a word that was wrong|explained who may read it|left it as it was, because {child} thought it was fair]. Explained that {child} may ask to see the file.").said("[So I can read all of it? Even the old ones?|You spelt my name wrong.|That's all right then.]"),
    note(None, "Compliment", "{carer} [wrote a card|said at the door|told the service manager] that {child} [counts the days until the next session|has stopped hiding in the wardrobe when visitors come|talks about us at dinner]. Passed on to the team."),
    note(None, "Argument with {friend}", "{child} and {friend} [fell out over the football|called each other names on the bus|did not want to sit together]. I spoke with each alone and then with both. [They shook hands.|{friend} went home early; I rang their family.|It was about something that {friend} had posted; {child} showed me.]"),
    note(None, "New telephone number", "{carer} has a new number. [The old one must not be used any more: somebody else has it now.|Changed it in the file.] Best time to ring is [after four|mornings|any time but not Thursdays]."),
    // Short breaks
    note(BREAKS, "Saturday club", "{child} stayed the whole day. [Painted, swam and ate two lunches.|Spent most of the morning by the fish tank and joined in after lunch.|Was first on the trampoline and last off it.] Played with {friend}. [No worries.|One wobble at handover, settled within ten minutes.|Tired at the end, slept in the car.]").said("[Again! Again!|I beat {friend} at air hockey.|The pool was too loud.]"),
    note(BREAKS, "Day out at the farm", "Day out with seven children. {child} [fed the goats and was not afraid of the big one|did not want to leave the minibus at first; {worker} stayed behind, and both came after half an hour|rode on the tractor three times]. Medicine given at noon as written in the plan. Home at [five|half past four]."),
    note(BREAKS, "Swimming", "{child} swam [two lengths without the float|with the float and a lot of laughing|only with the feet in, which was the plan]. {friend} was in the same group. [A stranger stared; {worker} dealt with it kindly.|Changing took forty minutes: ask for the big cubicle next time.]"),
    note(BREAKS, "Short seizure at the club", "{child} had a seizure of [under two|about three|less than one] minutes at [eleven|twenty past two]. Followed the plan: time taken, on the side, nobody crowding. Fully awake after ten minutes. {carer} was rung at once and [chose to leave {child} with us|came early]. Entered in the accident book.").about(&[Health]),
    note(BREAKS, "Care plan gone through", "Went through the care plan with {carer}. [Dose of the evening medicine has changed; new sheet from the clinic seen and noted.|No changes.|The new chair needs two people for the steps.] {child} chose [blue|the one with the rocket|yellow] for the sticker on the plan.").about(&[Health]),
    note(BREAKS, "Sensory room", "{child} and {friend} shared the sensory room. [Bubbles good, fan not good.|{child} asked for the lights off and lay under the heavy blanket for half an hour.|They took turns with the switch without being reminded, for the first time.]"),
    note(BREAKS, "Overnight stay", "First night away from home. {child} [slept from ten till six|woke twice and went back to sleep with the door open|asked for {carer} at bedtime; we rang home, and that was enough]. Breakfast: [toast without crusts|four pieces of toast|nothing but juice]."),
    note(BREAKS, "Lunch and allergies", "The kitchen had changed the brand of the sauce. {worker} read the label: contains nuts. {child} got something else. Spoke with the kitchen: [labels are kept until the end of the day now|they will tell us before they change anything]. {carer} told at handover.").about(&[Health]),
    // Family support
    note(SUPPORT, "Home visit", "Visited at home. {carer}, {child} and {sibling} were there. The flat was [warm and tidy|cold: the meter had run out|full of boxes, they are still unpacking]. We [made a plan for the mornings on one sheet of paper|looked at the school's app together|practised what to say on the telephone]. {child} [showed me the bedroom with great pride|stayed in the next room and listened|helped to fill in the stars]."),
    note(SUPPORT, "Home visit: bedtime plan", "Second visit about bedtimes. The chart hangs on the fridge with [nine stars out of fourteen|a full row|three stars and a torn corner]. {carer} says that [the hour before bed is calm now|it works when nobody visits|{sibling} wants a chart too]. Next step: [lights out without the tablet|same time at weekends]."),
    note(SUPPORT, "Money: help with the form", "Filled in the [disability living allowance|universal credit|school clothing grant] form with {carer}. Took two hours. Copies of nothing kept here. They should hear within [six|eight] weeks. They have [£12 until Thursday|enough for the week|borrowed from a neighbour]; gave a food parcel voucher.").about(&[Money]),
    note(SUPPORT, "Money: rent arrears", "{carer} showed me the landlord's letter: [two|three] months behind. We rang together and agreed to pay [£5|£8|£10] a week on top. The landlord will write. {carer} cried afterwards and said that it was from relief.").about(&[Money]),
    note(SUPPORT, "Went along to the clinic", "Went along to the appointment with {doctor}. {child} [answered the questions alone|held {carer}'s hand and nodded|liked the model of the ear best]. Outcome: [hearing is fine|a referral to speech therapy|wait and see until spring].").about(&[Health]),
    note(SUPPORT, "Debt adviser", "Met the debt adviser with {carer}. A list of everything owed now exists for the first time: [£2,140|£3,480|£1,260]. Letters will be opened together every second Monday.").about(&[Money]),
    note(SUPPORT, "Walk in the park", "Visit as a walk, because {carer} finds it easier to talk outside. {child} and {sibling} ran ahead. {carer} spoke about [their own childhood|the separation|how lonely the evenings are]. Said I would write this in a few words only, and read them to {carer}: agreed."),
    note(SUPPORT, "{carer}'s own health", "{carer} told me of [a scan next week|trouble sleeping since the winter|new tablets that make mornings hard]. They do not want {child} to know yet. {doctor} is aware.").about(&[Health, Family]),
    // Young carers
    note(CARERS, "Young carers' evening", "{child} came to the group. [Pizza, pool table, an argument about music.|We made boxes for worries; {child} decorated the outside and kept the inside closed.|Twelve children tonight.] {child} [laughed a lot|sat with {friend} the whole evening|left early to be home before the nurse goes]."),
    note(CARERS, "What {child} does at home", "We wrote down a usual day. {child} gets {sibling} up, makes breakfast, [waits for the carer to come|sorts the post|does the shopping on the way back], cooks on [three|four|two] evenings. {child} is proud of it and tired of it.").said("[If I don't do it nobody does.|I don't want anyone to feel sorry for us.|I just want one Saturday.]"),
    note(CARERS, "Spoke with {school}", "With {child}'s agreement I told {school} that homework after eight in the evening is not possible. They will [give extra time without asking|let {child} keep the phone on silent|offer the homework club]. I said no more than was needed."),
    note(CARERS, "Trip to the climbing wall", "{child} reached the top [on the third try|twice|with eyes closed, as {friend} loudly reported]. On the bus home {child} said that it was the first day in months without thinking of home."),
    note(CARERS, "One to one", "{child} wanted to talk alone. [Worried about what happens if {carer} goes into hospital.|Angry with {sibling}, who never helps.|Wants to go to the sixth form in the next town and does not dare to say so.] We made a plan with [two|three] steps."),
    note(CARERS, "Plan for a bad day", "Made a card with whom to ring, in which order: [aunt, neighbour, us|neighbour, {school}, us]. {child} keeps it behind the phone's case. {carer} has seen it and thinks it is good."),
    // Stronger families
    note(STRONGER, "First visit", "First visit after the referral from the council. Explained who we are, that we work for the council in this service, and who may read what I write. {carer} [was wary and honest about it|had cleaned for two days|wanted to know who had 'told']. {child} [did not come out|asked whether I am a policeman|brought me a drawing at the door]."),
    note(STRONGER, "Visit: calm week", "No shouting this week, both say independently. {carer} used the stop sign twice. {child} [slept through|went to school every day|still checks the window at night]. {sibling} [is back from the grandparents|had a good report]."),
    note(STRONGER, "Joint visit with the social worker", "Visited with the social worker from Sampleshire Council. Spoke about [the safety plan|contact at weekends|who holds the keys]. {carer} [agreed to all points|disagreed with one point, which is written in the plan|asked for a break, and we took it]. Copy of the plan is with the council; ours is in the file."),
    note(STRONGER, "Police were called on Saturday", "{carer} told me that the neighbours called the police on Saturday night. Nobody was hurt; nobody was arrested. {child} and {sibling} were upstairs. I told the social worker the same day, and told {carer} that I would.").about(&[Offences, Family]),
    note(STRONGER, "Worry about {child}: shared with the council", "{child} said something at the end of the session that worried me (written down word for word in the safeguarding form). I spoke with the safeguarding lead within the hour and rang the council's duty desk. {carer} was [told after the duty desk had agreed|not told yet, on the duty desk's advice]. {child} knows what I did and why.").said("[Please don't make it worse.|I only told you because you listen.]").about(&[Offences, Family]),
    note(STRONGER, "Contact with the other parent", "The other parent rang and wanted to know [where the family lives now|which school {child} goes to]. I said that I cannot tell, and that a solicitor can write to us. Told the social worker. [He was polite.|She shouted, then hung up.]").about(&[Family]),
    note(STRONGER, "Safety plan reviewed", "Reviewed the safety plan. Green, on the whole. {carer} keeps [the phone charged|the second key at the neighbour's]. {child} knows the code word. Next review in [four|three] weeks."),
    note(STRONGER, "Drugs and alcohol worker", "Spoke with the worker from the recovery service, with {carer}'s written agreement. [Seven weeks without.|One relapse, told openly.|Not been since last month.] What this means for the children is in the plan.").about(&[Health]),
    note(STRONGER, "Play session", "{child} played with the doll's house for the whole hour. [The father doll had to stay in the garage.|Everybody got a bed today, for the first time.|The baby was hidden and found eleven times.] I did not interpret, I only described. Notes of the session are with me until supervision."),
    note(STRONGER, "End of the contract with this family: plan", "The council's funding ends in [eight|six] weeks. Talked about what stays: [{school} keeps the weekly talk|family support takes over once a month|the group on Thursdays]. {carer} is [afraid of it and said so|ready]. File goes back to the council at the end, as we told them on the first day.").about(&[OurWork]),
];

/// Reasons why somebody uses a service, by the service.
pub const fn reasons(work: Work) -> &'static [&'static str] {
    match work {
        Work::ShortBreaks => &[
            "A break for the family, and somewhere to be among friends.",
            "Likes groups but needs somebody near; the family has had no weekend in a year.",
            "To try a night away from home before the summer.",
        ],
        Work::FamilySupport => &[
            "Mornings and bedtimes have become a daily fight.",
            "Asked for by the school: late every day, and tired.",
            "Moved here three months ago, knows nobody, money is short.",
        ],
        Work::YoungCarers => &[
            "Looks after a parent who is ill, and cooks for the family.",
            "Helps a brother who needs somebody with him all the time.",
            "Interprets for the whole family and misses school for it.",
        ],
        Work::StrongerFamilies => &[
            "Referred by Sampleshire Council after two calls to the police.",
            "Referred by Sampleshire Council: children back home after six months in foster care.",
            "Referred by Sampleshire Council: to keep the family together safely.",
        ],
    }
}

/// What the work is meant to change, and how it went.
pub const OUTCOMES: &[&str] = &[
    "Aim: on time at school four days out of five.",
    "Aim: one evening a week without a job to do.",
    "Aim: asks for help before it boils over.",
    "Half-way: better on most days.",
    "Half-way: not yet; the plan was too big and is smaller now.",
    "Reached, and kept for two months.",
];

/// What a service must know of health.
pub const HEALTH: &[(&str, &str)] = &[
    ("Epilepsy. Rescue medicine in the red bag; plan by the clinic, seen.", "so that staff know what to do"),
    ("Allergic to nuts, carries two pens.", "for meals and days out"),
    ("Uses a wheelchair outdoors; transfers with one person.", "to choose the bus and the place"),
    ("Autistic. Loud rooms are hard; ear defenders help.", "to plan the day"),
    ("Type 1 diabetes, pump. Checks before meals alone.", "for meals and nights"),
    ("Hard of hearing on the left; stand on the right.", "to be understood"),
];

/// What a service must know of money.
pub const MONEY: &[(&str, &str)] = &[
    ("Universal credit; a deduction for an advance until the summer.", "to help with the budget"),
    ("Rent arrears, an agreement with the landlord is kept.", "to help with the landlord"),
    ("Carer's allowance was stopped and is being looked at again.", "to help with the form"),
];

/// Papers that came in: title and words.
pub const PAPERS: &[(&str, &str)] = &[
    (
        "School report",
        "{school}\nReport for {child}\nAttendance 91 per cent. {child} is a thoughtful member of the class, works best in small groups and has begun to put a hand up. Reading has come on well. Please keep up the routine at home.\nClass teacher",
    ),
    (
        "Letter from the clinic",
        "Elm Surgery\nDear {carer},\nthank you for bringing {child} to see us. We will see {child} again in six months. Please ring us earlier if anything changes. The sheet for the school is enclosed.\n{doctor}",
    ),
    (
        "Letter from the council",
        "Sampleshire Council, Children's Services\nRe: {child}\nThis is to confirm that Lantern Sample Children's Charity will work with the family from this month under our agreement. A review takes place after twelve weeks. You will be invited.\nAllocated social worker",
    ),
    (
        "Letter from {carer}",
        "To whom it may concern,\nI agree that {child} goes on the trip to the coast. {child} gets car sick, please put them in the front. I can be reached on my mobile all day.\n{carer}",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_note_closes_its_choices_and_knows_its_places() {
        let known = ["child", "carer", "sibling", "friend", "school", "worker", "doctor"];
        for draft in NOTES {
            for words in [draft.title, draft.text, draft.said] {
                assert_eq!(words.matches('[').count(), words.matches(']').count(), "{words}");
                for place in words.split('{').skip(1) {
                    let (name, _) = place.split_once('}').unwrap_or((place, ""));
                    assert!(known.contains(&name), "{name} in {words}");
                }
            }
        }
    }

    #[test]
    fn a_note_touches_only_what_its_service_needs() {
        let ids = [1, 2, 3, 4].map(|n| records::ServiceId::from_bytes([n; 16]));
        let services = super::super::charity::services(ids);
        for draft in NOTES {
            for touched in draft.touches.iter().filter(|t| DataCategory::NEEDED.contains(t)) {
                let fits = Work::ALL
                    .iter()
                    .zip(&services)
                    .filter(|(work, _)| draft.at.is_none_or(|at| at == **work))
                    .all(|(_, service)| service.needs.contains(touched));
                assert!(fits, "{}: {}", draft.title, touched.words());
            }
        }
    }
}
