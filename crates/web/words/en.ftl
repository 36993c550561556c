# The words of the pages for families and young people. Short sentences, "you" and "we", one idea in each.
# A message may have an Easy Read form: the attribute .easy. Another language is another file with the same names; the
# build fails where one is missing.

# The frame of every page.
language-code = en
skip = Skip to main content
foot-policy = Our policy
foot-help = Help
foot-accessibility = Accessibility
foot-licences = Licences
foot-note = { $charity } keeps its records with Guardbook { $version }. This site uses one cookie, to know you again while you are here, and counts nobody.
    .easy = { $charity } keeps its records with Guardbook { $version }. We use one cookie. It lets the site know you again. We do not count visitors.

language = English
exit = Exit this page
exit-hint = Exit takes you to the weather, and this page is not in the list of pages that “back” shows.
easy-on = Easy Read
easy-off = More words
on-paper = On paper instead
by-phone = You can also telephone us: { $phone }.
    .easy = You can ring us: { $phone }.
optional = You can leave this empty.
continue = Continue
back = Back
save = Save and come back later
change = Change
problem-fields = There is a problem

## The first page

home-title = How can we help?
home-intro = Here you can see how we look after information about people, and ask us about yours.
    .easy = This page is about the information we keep about you.
home-keep = What we keep
home-keep-more = Our policy, in short and in full: what we keep, why, and for how long.
    .easy = What we write down. And why.
home-keep-easy = In Easy Read, with pictures
home-ask = Ask us something
home-ask-more = See what we hold about you, have it put right, say no to something.
    .easy = Ask to see what we have. Or tell us to change it.
home-track = Where is my request?
home-track-more = See how far we are, write to us, say what looks wrong in our answer. You need your number and your secret letters.
    .easy = See how far we are. You need your number.
home-complain = Complain
home-complain-more = Tell us that we did something wrong. Complaining never changes the help you get.
    .easy = Tell us if you are not happy.
home-staff = I work here: sign in

## Asking

ask-title = Ask us something
ask-intro = It takes about five minutes. It costs nothing. We look nobody up while you write: a person reads it first.

asking-title = Who are you?
asking-hint = If you are under 12, ask a grown-up whom you trust to help you. Or telephone us.
    .easy = Under 12? Ask a grown-up you trust to help.
asking-person = I am asking about myself
    .easy = It is about me
asking-parent = I am a parent or carer
asking-helper = I am helping somebody, or act for them
    .easy = I help somebody
asking-missing = Choose who you are

want-title = What would you like?
want-see = See what you hold, or have a copy
    .easy = See what you have about me
want-fix = Have something put right
    .easy = Change something that is wrong
want-delete = Have something deleted
    .easy = Delete something
want-stop = Have you stop using something
    .easy = Stop using something
want-photos = Something about photos
    .easy = Photos
want-details = Tell you a new address, or how to reach me
    .easy = I have a new address or phone
want-complain = Complain
want-other = Something else
want-missing = Choose what you would like

subject-title = Who is it about?
subject-title-own = What is your name?
subject-label = Full name
subject-label-own = Your full name
subject-missing = Enter the name
born-label = Date of birth
born-hint = Like 4 11 2012. It helps us not to mix up two people.
name-label = Your own name
name-missing = Enter your own name
relation-label = What are you to them?
relation-hint = Mother, father, grandparent, solicitor, …
relation-missing = Say what you are to them

about-title = Tell us more
about-hint-see = All of it, or only some? From which time? It is fine to write “everything”.
    .easy = What do you want to see? You can write “everything”.
about-hint-complain = What happened, and when? What would you like us to do?
    .easy = What happened? What should we do?
about-hint-other = As much or as little as you like.
about-label = In your own words
about-missing = Write at least a few words

reach-title = How may we reach you?
reach-hint = We use only what you choose here. Choose what is safe for you.
    .easy = Choose what is safe for you.
reach-website = Only here: I come back with my number
    .easy = I look here again
reach-email = By e-mail
reach-phone = By telephone
reach-post = By letter
reach-missing = Choose how we may reach you
reach-at-label = The e-mail address, number or address for that
reach-at-missing = Enter the address or number, or choose “Only here”
reach-at-wrong = Enter an e-mail address like name@example.org
reach-not-label = Is there a way in which we must not reach you?
reach-not-hint = For example: do not ring in the evening; do not write to my old address; my messages are read by somebody else.
    .easy = How must we NOT contact you?

known-title = How do we know that it is you?
known-hint = Does somebody here know you? Tell us their name. You need no passport. If we are not sure, we ask you.
    .easy = Who here knows you?
known-label = Somebody who knows you, or something that you can show us

check-title = Check what you wrote
check-send = Send it
check-next = When you send it, a person here reads it. You get a number and secret letters, with which you can see how far we are.
    .easy = Next: a person reads this. You get a number.
check-complain = We tell you within 30 days that we have your complaint, and look into it without delay. You can also complain to the { $regulator }, at any time.
    .easy = We tell you in 30 days that we have it.
check-empty = Nothing written
too-long = This is too long. Write less, or telephone us
busy = Too many people ask at this moment. What you wrote is still here: try again in half an hour, or telephone us.

## Number and secret

given-title = We have it
given-saved-title = It is saved
given-again = We have it. Your number and secret letters are the same as before.
given-write-down = Write both down, or take a picture, and keep them where nobody else reads them. We cannot show them again.
    .easy = Write these down. Keep them safe.
given-number = Your number
given-secret = Your secret letters
given-next = What happens next
given-next-sent = A person here reads what you wrote, on the next working day as a rule. To see how far we are, come back here and choose “Where is my request?”.
    .easy = A person reads it. Come back to see how far we are.
given-next-saved = Nobody here has read it. To go on, come back and choose “Where is my request?”. We keep it for { $days } days.
    .easy = Come back with your number to go on.
given-lost = We show these once. If you have lost them, telephone us.
given-track = See how far it is

## Looking how far it is

track-title = Where is my request?
track-number = Your number
track-number-hint = Like K7MX-3P9Q. Capitals and the line between do not matter.
track-secret = Your secret letters
track-secret-hint = Four groups of four letters and figures.
track-go = Show me
track-wrong = We do not know this number with these secret letters. Check both, or telephone us
track-too-often = This was tried too often. Wait an hour, or telephone us
track-lost = You have lost them? Telephone us, or write a letter: we find your request, and give you new ones.

looked-title = This is how far we are
looked-saved = You saved this and have not sent it.
looked-go-on = Go on with it
looked-due = We answer at the latest by { $date }.
looked-late = We are late. We are sorry. You should have had our answer by { $date }. You can complain to us, or to the { $regulator }.
looked-extended = It takes longer than a month, because { $reason }. We told you in a letter.
looked-refused = We have decided not to do it. Our letter says why, and where you can complain.
looked-done = What we did:
looked-steps = The steps

step-got-it = We have it
step-first-read = A person here reads it
    .easy = A person reads it
step-checking = We make sure that it is you
    .easy = We check it is you
step-looking = We look for everything
    .easy = We look for it
step-reading = We read it through
    .easy = We read it
step-second = A second person checks
step-ready = It is ready
step-acknowledged = We wrote to you that we have it
step-enquiring = We find out what happened
step-answered = You have our answer
state-done = Done
state-done-on = Done on { $date }
state-now = We are here
state-waiting = We wait for you
state-to-come = To come

messages-title = Messages
messages-none = Nothing written yet.
messages-you = You wrote
messages-we = We wrote
say-label = Write to us
say-hint = A person here reads it. You find the answer here.
say-send = Send the message
say-nothing = Write something first
say-sent = Sent. You find our answer here.
wrong-title = Does something in our answer look wrong?
wrong-hint = Say on which page, or by which number, and what is right. We tell you what we did about it.
wrong-label = What is wrong
wrong-send = Tell us
wrong-sent = Thank you. We look into it, and tell you what came of it.
ready-how = Our answer is ready. It went to you by the way that you chose: by a link with a passphrase, by post, or in person. If it did not reach you, tell us.
leave = I am done: close this
left = Closed. Nobody can see it on this device now.

## On paper

paper-title = Ask us on paper
paper-intro = Print this page, fill it in and send it to us, or bring it. You need no form: a letter in your own words is just as good.
paper-print = Save the form as PDF to print
paper-to = Send it to
