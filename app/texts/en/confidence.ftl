### A synset's confidence table: for so many yes and no votes, the chance that an image is good.

label = Confidence table
no-votes = “No” votes
yes = “Yes”

each-cell =
    Each cell is for images with so many yes and no votes: the chance that such an image is good, and below it the
    range that holds the true chance nine times in ten, since the table was learned from a sample.
# $mark is a tick; $chance is a number like .95. `rejects` goes on after this.
accepts = At the bold line asking stops. { $mark } positive, from { $chance } on;
accepts-nowhere = At the bold line asking stops. { $mark } positive: nowhere, because no level would be right often enough;
# $mark is a cross; $votes is a count with its noun.
rejects = { $mark } negative, at { $chance } or below. Between them more votes are asked for, and after { $votes } an expert looks.
# $yes is a tick, $no a cross, $method a policy like “Majority of 5”.
counted-decides = Here a number of votes decides, not the chance: { $method }. { $yes } positive, { $no } negative.
unsure = An unsure vote counts as half a yes and half a no; an image with a half vote stands in the cell of its whole ones.

# What becomes of a cell's images, in a word.
positive = positive
negative = negative

settled-positive = Settled as positive: the chance has reached { $chance }.
settled-negative = Settled as negative: the chance has fallen to { $chance } or below.
escalated = Escalated: { NUMBER($votes) } votes were not enough, an expert looks.
voted-positive = Settled as positive: enough of the votes say yes.
voted-negative = Settled as negative: too few of the votes say yes.
no-majority = Escalated: the votes have no convincing majority, an expert looks.
open = Open: another worker is asked.

chance-of-good = Chance that it is good
nine-in-ten = Nine times in ten between
images-here = Images here now
counted = Counted in the sample
# $chance is a share like .85, $images a count with its noun.
counted-of = { $chance } of { $images }
counted-of-few = { $chance } of { $images } – too few to rely on
close = Close

more-votes = { $images ->
    [one] { $images } image has more than { NUMBER($votes) } votes
   *[other] { $images } images have more than { NUMBER($votes) } votes
}
more-votes-label = Images with more votes
votes = Votes
chance = Chance
range = Range
images = Images
verdict = Verdict

yes-rates = Good images get a yes from { $good } of workers, bad ones from { $bad }.
prevalence = About { $good } of the candidates are good; { $accepted } will be accepted.
# $votes is a number like 3.1.
precision = What is accepted is expected to be right in { $share } of cases, for about { $votes } votes an image.
no-precision = Nothing can be accepted at the target that is set; it would take about { $votes } votes an image to find out.
# $synsets and $images are counts with their nouns.
leans-on = It leans on { $ancestor }, what { $synsets } below it have taught with { $images }.
leans-on-all = It leans on what { $synsets } of the project have taught with { $images }.
# $images is a count with its noun.
learned = Learned from { $images } of the initial sample, { $labeled ->
    [0] none
   *[other] { $labeled }
} of them labeled by an expert.
