### How a synset came to where it stands, in charts.

title = Over time
hint = An image counts from when it became what it is now: one that was settled, opened again and settled anew counts once, from then on.

settled = Images settled
settled-until = Images settled until { $moment }: { NUMBER($positive) } positive, { NUMBER($negative) } negative, { NUMBER($escalated) } escalated.
votes-in-all = Votes in all
# $votes is a count with its noun.
votes-until = { $votes } until { $moment }.
pace = Pace
pace-words = Votes in each step of time: at most { NUMBER($votes) }.
# What a bar shows.
votes-in-step = Votes from then to the next step
