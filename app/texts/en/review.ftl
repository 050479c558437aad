### The expert's queue: one case after the other, and what waits where.

title = Review
title-of = Review: { $word }

keys = Keys
# What each key does.
key-yes = it shows it
key-no = it does not
key-skip = skip for now
key-back = back to the case before
key-votes = hide or show the votes
key-keys = these keys

nothing = Nothing to decide here
nothing-anywhere = Nothing waits for an expert. What the crowd can’t decide appears here.
nothing-in-synset = Nothing waits in this synset.
all-synsets = All synsets
was-last = { $cases ->
    [one] That was the last one. { $cases } case was skipped, or came back meanwhile.
   *[other] That was the last one. { $cases } cases were skipped, or came back meanwhile.
}
start-again = Start again
back-to-last = Back to the case before

waits = { $images ->
    [one] { $images } image waits for an expert
   *[other] { $images } images wait for an expert
}
waits-label = What waits in each synset
# $link is `everything`.
only = Only { $project }. { $link }
everything = Everything that waits
reported = Reported
escalated = Escalated
on-hold = On hold
disputed = Disputed

# What waits, in one line.
reported-words = { NUMBER($n) } reported by people
escalated-words = { NUMBER($n) } that the crowd could not decide
on-hold-words = { NUMBER($n) } in the initial samples of synsets on hold
disputed-words = { NUMBER($n) } in initial samples, on which people disagree

blind = Blind checks
blind-words = Images are looked at without their votes: some that taught the tables (anchors), some that were accepted. They show how true the stated precision is, and no aggregator can do without them.
check-blind = Check images of { $project }
label-anchors = Label anchors of { $project }
