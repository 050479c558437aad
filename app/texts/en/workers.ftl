### A project’s workers, for managers.

title = Workers of { $project }
heading = Workers
have-voted = { $people ->
    [one] { $people } person has voted
   *[other] { $people } people have voted
}
none = Nobody has voted yet
none-words = Whoever answers a page of this project appears here.
none-found = No such worker
none-found-words = No name of somebody who has voted here holds these letters.

find-label = Find a worker by name
find-hint = Part of a name
find = Find
pages-label = Pages of workers
first-page = First page
next-page = Next page

# The table, and figures beside a worker's name.
table-label = Workers of the project
worker = Worker
votes = Votes
pages = Pages
pages-answered = { $n ->
    [one] { $n } page
   *[other] { $n } pages
}
# The time for one picture.
a-picture = A picture
last-seen = Last seen
yes = Yes
# $share is a share, like 25 %, or a dash.
share-of-yes = { $share } yes
unsure = Unsure
gold-right = Gold right
right = Right
agreement = Agreement
good-found = Good ones found
others-turned-down = Others turned down
# Before a share: what the answers are compared with.
gold = gold
settled = settled
others = others
excluded = Excluded

to-look-at = To look at
too-fast = Too fast
# $seconds is a time, $pages a count with its noun.
too-fast-words = { $seconds } a picture, the median of { $pages }
always-same = Always the same
# $answer is one of the three answers, $given a text like “12 of 13”, $others a share.
always-same-words = said { $answer } to { $given } images; other people said so { $others } of the time on the same images
like-guessing = Like guessing
# $good and $others are texts like “12 of 13”, behind each stands the interval of the share; $their-good and $their-others are shares.
guessing-words =
    found { $good } good ones ({ $good-share }), turned down { $others } others ({ $others-share }); of the same images other
    people found { $their-good } and turned down { $their-others }
wrong-together = Wrong together
# $name is a link to the other worker. Either got so many images wrong, both gave the same wrong answer to $both; $expected is a number like 1.6.
wrong-together-words =
    with { $name }: of { NUMBER($either) } images that either got wrong, both gave the same wrong answer to { NUMBER($both) }; by
    chance that would be { $expected }, and as many at most once in { NUMBER($once) } such projects

answer-yes = yes
answer-no = no
answer-unsure = unsure

explained = What the figures mean
a-picture-means =
    The median, over the pages answered, of the time for one picture: from when the page was handed out, or the page before
    was sent if that was later, until it was sent.
gold-name = Gold
gold-means =
    Images that an expert has labelled. A yes or no is right when it says the same. “Unsure” is neither right nor wrong.
settled-name = Settled
settled-means =
    Images that are positive or negative by votes, and that at least two other people’s votes, without this worker’s own,
    decide the same way.
found-and-down = Good ones found, others turned down
found-and-down-means =
    Sensitivity: yes to images that show the synset. Specificity: no to images that do not.
agreement-means =
    Yes or no as the majority of the other people says, on images with at least two of them and no tie.
bars = The bars
bars-mean =
    The wide part is the interval that holds the true share in 95 of 100 cases (Wilson): wide means that there is little to
    judge by.
to-look-at-means =
    Answers count as guesses when guessing explains them fifty times better than looking does: other people’s answers to the
    same images say what looking is like, stricter and more lenient people included. By that
    reckoning at most one of fifty honest people is ever flagged, but somebody who answers very differently from all others
    may be, for good reasons too. Two people are wrong together when their mistakes are the same far more often than their own mistakes and
    the images explain, in view of all pairs of the project. A flag warns, and does nothing. Whether somebody’s votes count is decided by a person, on the worker’s page.
