### One case of the expert's queue.

# $word is what is asked for.
question = Does it show: { $word }?
not-this = Not this
is-reported = Reported
is-escalated = Escalated
is-on-hold = Synset on hold
is-disputed = People disagree

yes = It shows it
no = It does not
take-back = Take the decision back
skip = Skip for now
go-on = Go on
back = Back
show-votes = Show the votes
hide-votes = Hide the votes

# What was decided. The one who reads it decided:
you-yes = You said: it shows it
you-no = You said: it does not show it
# Somebody else did:
they-yes = { $name } said: it shows it
they-no = { $name } said: it does not show it
# $said is one of these four.
decided = { $said }, { $moment }.

# Somebody else decided while this page was open. $theirs is one of the texts above.
conflict = Somebody else decided this a moment ago.
conflict-words = { $theirs }. You said: { $own }. Yours is not recorded.
taken-back = The earlier decision was taken back
own-yes = it shows it
own-no = it does not show it
own-open = take it back
# $own is one of these three.
still = Still: { $own }
leave-theirs = Leave theirs, go on

votes = Votes
each-vote = Each vote, the first one first
# After the votes.
chance = shows it with a chance of { $chance }
# $answer is one of yes, no, unsure.
vote = { $answer }, { $moment }
vote-excluded = { $answer }, { $moment }, does not count: the worker is excluded

# $reports are `broken` and `offensive`.
reports = { $reports }.
broken = { $people ->
    [one] { $people } person reports it as broken
   *[other] { $people } people report it as broken
}
offensive = { $people ->
    [one] { $people } person reports it as offensive
   *[other] { $people } people report it as offensive
}

from = Where it comes from

# The case before, in a line. $became says what was decided, $tally how the crowd voted.
before = The case before
before-undecided = { $word }: not decided
before-decided = { $word }: { $became } · the crowd: { $tally }
change = Change it
