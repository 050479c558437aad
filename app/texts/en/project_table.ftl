### A synset's confidence table on its page. Chances are numbers like .95; n* is the synset's difficulty.

title = Confidence table
none-yet = There is none yet. It is learned once every image of the initial sample has { NUMBER($votes) } yes and no votes.
in-words = In words

difficulty = How hard it is
very-easy = Very easy (n* = 1): a single yes makes an image { $chance } sure.
easy = Easy (n* = { NUMBER($votes) }): { NUMBER($votes) } yes votes in a row make an image { $chance } sure.
subtle = Subtle (n* = { NUMBER($votes) }): it takes { NUMBER($votes) } yes votes in a row to make an image { $chance } sure.
hard = Hard (n* = { NUMBER($votes) }): it takes { NUMBER($votes) } yes votes in a row to make an image { $chance } sure.
very-hard = Very hard: no number of votes makes an image { $chance } sure.
compare = To compare, from the paper behind this method: three yes votes in a row make an image of a cat { $easy } sure, an easy synset; one of a Burmese cat, a hard synset, only { $hard }.
three-here = Here three make { $chance } (between { $low } and { $high }).

older = An older version: it settles nothing any more. How many images stand in each cell is as of now.
show-newest = Show the newest
built = Version { $version }, built { $moment }
built-with-threshold = Version { $version }, built { $moment } · positive from { $threshold } on

# Each is one of the texts below.
change = To the version before: { $threshold }; { $difficulty }; { $cells }.
threshold-stayed = the threshold stayed { $threshold }
threshold-went = the threshold went from { $before } to { $after }
threshold-found = a threshold was found, { $threshold }, where there was none
threshold-lost = no threshold is safe any more, where it was { $threshold }
counts-now = a number of votes decides, whatever the chance
threshold-none = there is still no safe threshold
# $difficulty is a number or `out-of-reach`.
difficulty-stayed = n* stayed { $difficulty }
difficulty-went = n* went from { $before } to { $after }
out-of-reach = out of reach
no-cell-moved = no cell changed sides
cells-moved = { $cells ->
    [one] { $cells } cell
   *[other] { $cells } cells
} of { NUMBER($all) } changed sides, where { $images ->
    [one] { $images } image stands now
   *[other] { $images } images stand now
}

versions = Versions of the table
version = Version
version-number = Version { $version }
built-at = Built
why = Why
images-learned-from = Images learned from
threshold = Threshold
stated-precision = Stated precision
# There is no threshold, or no precision.
none = none

# Why a version was built.
sample-complete = The initial sample had its votes.
target-set = Target precision set from { $before } to { $after }.
threshold-set = Threshold set from { $before } to { $after }.
# Instead of a threshold.
solved = solved from the target
rejection-set = Rejection level set from { $before } to { $after }.
votes-cap-set = Most votes an image set from { NUMBER($before) } to { NUMBER($after) }.
initial-votes-set = Votes on each image of the initial sample set from { NUMBER($before) } to { NUMBER($after) }.
sample-went = The initial sample went from { NUMBER($before) } to { NUMBER($after) } images.
experts-labeled = Images of the sample labeled by an expert: { NUMBER($before) } before, { NUMBER($after) } now.
votes-changed = The votes that count on its sample had changed: later votes, corrections, or a worker excluded or restored.
audits-found = Experts had looked at { NUMBER($audited) } accepted images without knowing that; { NUMBER($bad) } of them do not show it.
sources-moved = Good images are more or less likely in some sources than was thought.
nothing-changed = Built again; nothing that it rests on had changed.
method-set = The policy went from “{ $before }” to “{ $after }”.
level-learned = What related synsets have taught has changed.
trust-changed = Whose votes teach tables has changed.
