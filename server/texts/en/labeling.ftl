### Why answers of workers can’t be recorded.

answered-already = This page was answered already; the answers of the first time count.
not-last = Only the page that you submitted last can still be changed, and this is another one.
stopped = You were stopped in this project: { $reason }
foreign = Candidate { $candidate } is not in assignment { $assignment }.
nothing-picked = Nothing is picked. Press “None of these” if no picture shows it.
some-picked = Some pictures are picked. Submit them, or clear them before you press “None of these”.
key = The submission’s key must have 1 to 64 letters, digits and hyphens, like a UUID.
recorded-otherwise = This submission was recorded before, with other answers; those of the first time count.

terms-changed = The terms have changed since you opened them. Please read them again.
terms-changed-by-other = Somebody else has just changed the terms. Please look at them first.
choose-first = Choose one of the definitions first.
other-practice = These are not the pictures to practise on now: the page was answered before, or more is known by now.
