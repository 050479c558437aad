### Each setting: its name, what it means, what may be written, what is usual, and what it costs on this project.

target-precision = Target precision
target-precision-means =
    The share of accepted images that shall be right, on average; the threshold is solved from it for each synset.
target-precision-range = A share above 0.5 and below 1
target-precision-usual = 0.997, as the paper reports
target-precision-guess = No synset has a table yet, so what follows is a guess from usual synsets.
# $synsets is a count with its noun. “As typed” heads a column beside it.
target-precision-costs = It acts on { $synsets } with a table; the column “as typed” says what another target would cost.

threshold = Fixed threshold
threshold-means = The chance of being good at which an image is positive, whatever the synset.
threshold-range = A chance above 0.5 and below 1
threshold-usual = empty: solved from the target precision
threshold-solved = solved
threshold-solved-costs = Solved for each synset: easy ones settle with fewer votes than hard ones.
threshold-fixed-costs = The same for every synset: hard ones reach it late or never.

rejection = Rejection
rejection-means = The chance of being good at or below which an image is negative.
rejection-range = A chance from 0 (never) to below 0.5
rejection-usual = 0.1; thrifty 0.2, thorough 0.02
rejection-costs = Most of the { $images } are no good ones, so this decides how soon they cost nothing more.

initial-sample = Initial sample
initial-sample-means = How many images of each synset are voted on first, to learn its confidence table from.
initial-sample-range = 1 to 1,000 images
initial-sample-usual = 20
# All are counts with their nouns; $sum is the product of $images and $votes.
initial-sample-costs = { $images } × { $votes } make { $sum } a synset; { $synsets } without a table: up to { $all-votes }.

initial-votes = Votes on each image of the initial sample
initial-votes-means = How many yes and no votes each of these images gets before the table is learned.
initial-votes-range = 10 to 50 votes
initial-votes-usual = 10, as in the paper
initial-votes-costs = One more costs up to { $votes } on the synsets without a table.

votes-cap = Votes before an expert looks
votes-cap-means = An image that so many votes can’t settle goes to an expert.
votes-cap-range = 10 to 100 votes, not fewer than on the initial sample
votes-cap-usual = 20
votes-cap-costs = As it is, about { $images } will need an expert.

batch-size = Pictures on a page
batch-size-means = How many pictures a worker sees at once.
batch-size-range = 1 to 100 pictures
batch-size-usual = 48
batch-size-costs = { $pages ->
    [one] It costs no votes: those still to come are about { $pages } page of this size.
   *[other] It costs no votes: those still to come are about { $pages } pages of this size.
}

batch-size-phone = Pictures on a page, on a phone
batch-size-phone-means = How many pictures a worker sees at once on a small screen.
batch-size-phone-range = 1 to 100 pictures
batch-size-phone-usual = 24
batch-size-phone-costs = It costs no votes; many pictures on a page load slowly on a phone’s line.

duplicate-distance = Near duplicates
duplicate-distance-means = Two images of a synset whose hashes differ in fewer bits than this are asked about once.
duplicate-distance-range = 0 (no image is a near duplicate) to 32 of 64 bits
duplicate-distance-usual = 8
duplicate-distance-costs = { $n ->
    [one] It spares votes on { $n } near duplicate beside the { NUMBER($asked) } that are asked about.
   *[other] It spares votes on { $n } near duplicates beside the { NUMBER($asked) } that are asked about.
}
duplicate-distance-freed = As typed, at least { NUMBER($n) } of them would be asked about again.
