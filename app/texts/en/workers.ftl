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
# $answer is one of the three answers, $given a text like “12 of 13”.
always-same-words = said { $answer } to { $given } images; others said so to { NUMBER($others) } of them
like-guessing = Like guessing
# $good and $others are texts like “12 of 13”; behind each stands the interval of the share.
guessing-by-gold =
    found { $good } good ones ({ $good-share }), turned down { $others } others ({ $others-share }), by an expert’s word
guessing-by-settled =
    found { $good } good ones ({ $good-share }), turned down { $others } others ({ $others-share }), by settled images

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
    Warns, and does nothing. Whether somebody’s votes count is decided by a person, on the worker’s page.
