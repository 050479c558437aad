### The labeling board: pictures to pick from, and everything that can be said of them.

# $what is a noun with its article, see `a-noun`.
which = Which of these pictures show { $what }?
# How far one is, one picture at a time.
n-of = { NUMBER($number) } of { NUMBER($all) }
candidate = Candidate { NUMBER($number) } of { NUMBER($all) }
unsure-about = Unsure about candidate { NUMBER($number) }
enlarge = Enlarge candidate { NUMBER($number) }
report = Report candidate { NUMBER($number) }

# What can be said of a picture.
yes = Yes
no = No
unsure = Unsure
pick = Pick
picked = Picked
broken = Can’t be seen
offensive = Offensive

previous = Previous picture
next-picture = Next picture
close = Close
back-one = Back one
all-seen = All seen. Look them over, then submit.

all-at-once = All at once
one-by-one = One by one
keys = Keys
back = Back to labeling
change-last = Change the last page

# The button that sends the page. $what is put together from the four texts below, with commas.
submit = Submit { $what }
save = Save { $what }
only-picked = picked
n-picked = { NUMBER($n) } picked
n-unsure = { NUMBER($n) } unsure
n-reported = { NUMBER($n) } reported
none-of-these = None of these
waits = Waits to be sent
sending = Sending …
none-picked = Nothing is picked. Press “None of these” if no picture shows it.
some-marked = Something is marked. Take it back first if no picture shows it.

# What is read out.
range-picked = { NUMBER($from) } to { NUMBER($to) } picked.
taken-back = Taken back.
done-again = Done again.
last-is-sent = The last page is sent first.
recorded = { $n ->
    [one] { $n } vote recorded.
   *[other] { $n } votes recorded.
}
changed = { $n ->
    [one] { $n } answer changed.
   *[other] { $n } answers changed.
}
# $what is the next synset, or `nothing`.
next = Next: { $what }
nothing = nothing for now

unreachable = The server can’t be reached just now. Your answers are kept here.
sign-in = Sign in
new-page = Get a new page

# Instead of a page.
all-settled = All settled – thank you
all-settled-words = Every picture that needed an answer has one.
enough-votes = Enough votes – thank you
enough-votes-words = This project has as many votes as were planned. More are asked for when its managers plan more.
nothing-now = Nothing for you just now
nothing-now-words =
    What is still open is in other hands, or you have answered it already. More may come in a few minutes.
try-again = Try again
other-projects = Other projects
