### The part of WordNet's tree that leads to a project's synsets.

title = Tree
none = No synsets yet
none-words = The tree shows the seeded synsets and everything above them.
this-synset = This synset
figures = Figures of this subtree
positive-images = Positive images
counted-once = A synset with several parents counts once. An image counts once too, even if it is a candidate of several of these synsets; in the bar it counts for each of them.
nothing-below = Nothing of this project lies below it.
# $synset is read out only.
below = { NUMBER($n) } below { $synset }
# The first two are counts with their nouns; $left is votes, or what they cost.
line = { $synsets } · { $images } · { $left } left

# The way to the page of that name.
certificate = Certificate
