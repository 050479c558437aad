### One image of a synset.

title-of = Candidate { $candidate } of { $synset }
others = Other images in this order
previous = ← Previous
next = Next →
now-positive = It is not among these any more: it is positive now.
now-negative = It is not among these any more: it is negative now.
now-open = It is not among these any more: it is open now.
now-escalated = It is not among these any more: it is escalated now.
now-duplicate = It is not among these any more: it is a near duplicate now.

# $tally is like: 3 yes, 1 no.
votes-so-far = { $tally }.
# Shares like 75 %.
selected = Selection frequency { $share }; nineteen times in twenty between { $low } and { $high }.
reason = Why: { $reason }.
# Numbers from 0 to 1, like .95.
chance = The chance that it is good is { $chance }; at { $rejection } or below it is given up.
# A number of votes decides.
chance-counted = The chance that it is good is { $chance }; { $votes } decide here, whatever that is.
chance-needed = The chance that it is good is { $chance }, { $needed } is needed; at { $rejection } or below it is given up.
# $candidate is `looks-like-candidate`, a link.
looks-like = It looks like { $candidate } ({ NUMBER($bits) } of 64 bits differ), so nobody is asked about it.
looks-like-candidate = candidate { $candidate }
reports = { $people ->
    [one] { $people } person reports this picture as broken or offensive.
   *[other] { $people } people report this picture as broken or offensive.
}
# $synset is a link: another synset of the project, below or above this one.
shown-below = The same image shows { $synset }, so it shows this synset too.
not-shown-above = The same image does not show { $synset }, so it does not show this synset either.
shown-below-too = The same image shows { $synset }, and so this synset; but the votes here decide.
not-shown-above-too = The same image does not show { $synset }, and so not this synset; but the votes here decide.
settled = Settled { $moment }
in-sample = It is one of the initial sample, which the table was learned from.

votes-on = Votes on this image
no-votes = Nobody has voted on it yet.
worker = Worker
answer = Answer
when = When
not-counted = Not counted: this worker is excluded.
yes = Yes
no = No
unsure = Unsure
taken-back = Taken back
# The answer stands above; this says what it was before.
first-yes = first yes, changed { $moment }
first-no = first no, changed { $moment }
first-unsure = first unsure, changed { $moment }
first-taken-back = first taken back, changed { $moment }

provenance = Where it came from
not-given = not given
file = File
size = Size
# $format is like JPEG, $bytes like 48 kB.
size-words = { NUMBER($width) } × { NUMBER($height) } pixels, { $format }, { $bytes }
came-in = Came in
# $weight is a share like .35.
weighs = counts for { $weight } of a vote
