### A project: how far it is, and the table of its synsets.

# The links beside the name, read out.
ways = Project
certificate = Certificate
forecast = Forecast
replay = What if?
tree = Tree
seed = Seed synsets
import = Import images
settings = Settings
none = No synsets yet
none-words = Seed synsets from WordNet, one by one or as a whole subtree; then bring in candidate images.
none-words-for-managers = An admin seeds synsets from WordNet first.

how-far = How far the project is
target-precision = Target precision
time-left = Left at this pace
time-left-nothing = nothing
time-left-unknown = no votes today
time-left-short = under an hour
time-left-long = over 10 years

pace = Votes per hour
time-shown = Time shown
day = 24 hours
week = 7 days
last-day = Last 24 hours
last-week = Last 7 days
votes-last-day = Votes by the hour over the last 24 hours: { NUMBER($votes) } in all.
votes-last-week = Votes by the hour over the last 7 days: { NUMBER($votes) } in all.
no-votes-last-day = No votes in the last 24 hours.
no-votes-last-week = No votes in the last 7 days.
# What a bar shows.
votes-in-hour = Votes in the hour

synsets-of = Synsets of this project
words-or-wnid = Words or wnid
search = Search
clear = Clear
filter = Filter the synsets
what-they-mean = What the filters and columns mean

all = All
waiting = No images
waiting-words = Nobody has brought in images for these yet.
calibrating-words = The initial sample is being voted on; there is no confidence table yet.
labeling-words = The confidence table is there, and the remaining images are being voted on.
done-words = Every image is settled, or waits for an expert.
hold-words = No more votes are asked for: a person must decide first. The synset’s page says why.
paused-words = An admin has paused these.
hard = Hard
hard-words = Seven or more votes, all of them yes, are needed before an image is good with a chance of 99 %.
unillustrable = Can’t be illustrated
unillustrable-words = The confidence table exists, and by it no number of yes votes makes an image good with a chance of 99 %, or asking on would be in vain. Experts or another choice of images may help.
starved = Starved
starved-words = Seeded at least a day ago, neither paused nor on hold, with open images, and without a single vote in the last 24 hours (by whole hours).
escalated-words = At least one image waits for an expert.
difficulty = Difficulty
difficulty-words = How many votes, all of them yes, make an image good with a chance of 99 %.
votes-left-words = Votes that the open images are still expected to take, by the synset’s confidence table and the votes that they have. Before the table: what the initial sample still needs, and for the other images what a usual synset takes. None while a synset is on hold.
cost-left-words = Votes left times the price of a vote, which an admin sets in the project’s settings.

table = Synsets of the project
progress = Progress
pages = Pages of the table
all-on-one-page = All on one page
page-by-page = Page by page
first-page = First page
next-page = Next page
# $synsets is a count with its noun.
some-of = { NUMBER($shown) } of { $synsets }

nothing-matches = Nothing matches
no-synset = No synset just now.
no-synset-filtered = No synset with the filter “{ $filter }” just now.
no-synset-found = No synset whose words or wnid contain “{ $search }”.
no-synset-found-filtered = No synset whose words or wnid contain “{ $search }” with the filter “{ $filter }”.
all-filters-off = All filters off
clear-search = Clear the search
