### What managers and experts are told: refusals, and why an image was settled.

damaged-synset = The address of this page is damaged; open the synset again.
damaged-project = The address of this page is damaged; open the project again.
damaged-workers = The address of this page is damaged; open the workers again.
damaged-queue = The address of this page is damaged; open the queue again.
long-search = The search is too long; { NUMBER($most) } characters are enough.
long-query = The query is too long; { NUMBER($most) } characters are enough.

reason-length = The reason has { NUMBER($length) } characters; the worker reads it, so 1 to { NUMBER($most) } are expected.
excluded-already = This worker is excluded from the project already.
counted-already = This worker is in the project already.
more-would-change =
    It would change more by now than the preview said: { NUMBER($votes) } votes instead of { NUMBER($votes-seen) }, and { NUMBER($images) } images instead of { NUMBER($images-seen) }. Please look at the preview again; nothing was decided.

near-duplicate = Candidate { $id } is a near duplicate of candidate { $kept }; say it of that one.
decided-yes = Another expert decided a moment ago that it shows the synset. Look again, please.
decided-no = Another expert decided a moment ago that it does not show the synset. Look again, please.
decided-open = Another expert decided a moment ago to take back what was said of it. Look again, please.
# $theirs and $yours are one of the three that follow.
contradicted = { $name } { $theirs } a moment ago; you { $yours }. Yours is not recorded: look again, please.
said-yes = said that it shows the synset
said-no = said that it does not show the synset
said-open = took back what was said

above-threshold = confidence reached the threshold
below-rejection = confidence fell to the rejection level
cap-reached = the votes cap was reached without a decision
voted-yes = enough of its votes said yes
voted-no = too few of its votes said yes
no-majority = its votes have no convincing majority
by-expert = an expert decided
by-related = the same image in a related synset decided
reported = several people report the picture as broken or offensive
