### A worker in a project, as a manager sees it.

restore = Restore…
exclude = Exclude…
# Above everything else when the votes do not count. $reason is what a manager wrote.
stands = The votes do not count in this project. The worker reads: “{ $reason }”
last-page = Last page answered { $moment }
came-together = { $others ->
    [one] { $others } other person signed up on the same day from the same network.
   *[other] { $others } other people signed up on the same day from the same network.
}

how-well = How well
quality = Quality
compared-with = Compared with
right = Right
by-gold = An expert’s word (gold)
by-settled = Settled images, without this worker’s own vote
by-majority = The majority of others

in-each = In each synset
in-each-label = Figures in each synset
synset = Synset

against = Against an expert’s word
none-against = No vote contradicts an expert’s word.
newest = Newest votes

# A vote on an image. $word is what was asked for, $answer one of yes, no, unsure.
candidate = Candidate { $id } for { $word }
said = { $word }? Said { $answer }
nobody-else = Nobody else so far
# $tally says how many said what.
others = Others: { $tally }
expert-yes = Expert: it shows it
expert-no = Expert: it does not

decisions = Decisions
none-decided = Nobody has ever decided about this worker here.
restored = Restored
# After the badge that says what was decided.
decided-by = by { $name }, { $moment }

# What their votes count for: shares like .62.
weighs = On a usual synset, a yes of theirs counts for { $yes } of a vote, and a no for { $no }; nobody’s counts for more than one.
teaches = Their votes teach the confidence tables.
teaches-nothing = Their votes teach no confidence table, because they hardly tell good images from others.
