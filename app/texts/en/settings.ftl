### Settings of a project, or of one of its synsets.

title = Settings of { $name }
heading = Settings
change = When they change, confidence tables are built again and images judged again. Votes stay as they are.
own-heading = Settings of its own
own-change =
    An empty field is as the project has it. When they change, confidence tables are built again and images judged again. Votes stay as they are.
preview = Preview
save = Save

# Verdicts that are passed on.
related-synsets = Related synsets
related-words = What shows a husky shows a dog, and what shows no dog shows no husky. Where the same image is a candidate of both synsets, its verdict in one can stand for the other, and nobody is asked twice. It is kept beside the votes with where it comes from; where votes or an expert have decided, they stand. Initial samples are asked about in any case.
verdicts-kept = Verdicts count in their own synset alone.
verdicts-passed = Verdicts are passed on to the synsets above and below.
pass-verdicts = Pass verdicts on
keep-verdicts = Stop passing verdicts on

# People who came together.
cohort = People who came together
cohort-words = People who signed up on the same day from the same network may agree on what to answer. So that they can’t decide about an image among themselves, at most so many of them are asked about it. Where most workers are such a group, as in a class, images wait for others: leave it empty there. No network addresses are stored.
cohort-people = People on one image
cohort-hint = From 1 to 100; 2 is strict. Empty: any number.
cohort-save = Save the limit

# The price of a vote.
costs = Costs
price = Price of a vote
price-hint =
    What one answer about one picture costs you, like 0.012. The project page then says what the votes that are still expected will cost. Empty: no costs are shown.
currency = Currency
currency-hint = As you write it behind an amount: EUR, USD, ₹ …
save-price = Save the price

# What the settings cost on this project: as it is, and as it is typed.
costs-label = What the settings cost
costs-now = What it costs as it is
mend-first = Mend what is wrong first
as-many = It would cost as many votes
# $votes is a count with its noun.
more = It would cost { $votes } more
less = It would cost { $votes } less
as-it-is = As it is
as-typed = As typed
their-price = Their price
votes-to-come = Votes still to come
of-these-initial = of these on initial samples
positive-in-the-end = Positive in the end
stated-precision = Stated precision
for-an-expert = For an expert
on-hold = Synsets on hold
no-images = There are no images yet, so nothing is to be voted on.
followed = Every open image is followed through its synset’s confidence table.
# $share is a share like 12 %.
without-table = { $synsets ->
    [one] { $synsets } synset has no table yet: for it the guess is a usual synset, with { $share } good images.
   *[other] { $synsets } synsets have no table yet: for them the guess is a usual synset, with { $share } good images.
}

# Below each setting: what may be written, what is usual or in force, and what it costs here.
hint = { $range }; usually { $usual }. { $costs }
hint-in-force = { $range }; in force: { $value }. { $costs }
