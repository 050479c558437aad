### What is wrong with a request to seed synsets, and a request in words.

nothing-named = Name the synsets to seed: a list of wnids like n02084071, or the roots of subtrees.
depth = The depth of the subtree { $root } is “{ $depth }”; a number of levels such as 2 would be right, or nothing for all.
too-many = More than { NUMBER($most) } subtrees: { $entry } and what follows.
unknown-wnid = Line { $line }: WordNet 3.0 has no noun synset { $entry }; other versions have other numbers.
unknown-word = Line { $line }: “{ $entry }” is neither a wnid like n02084071 nor a noun of WordNet 3.0.
ambiguous = Line { $line }: “{ $entry }” has { NUMBER($meanings) } meanings; write the wnid of the one you mean.

# Parts of what was seeded at once, joined by commas: mammal, bird to level 2, without dog, a list of 5.
alone = { $name } alone
to-level = { $name } to level { NUMBER($level) }
more-subtrees = { $n ->
    [one] { $n } more subtree
   *[other] { $n } more subtrees
}
without = without { $names }
without-more = without { $names } and more
by-itself = { $name } by itself
list-of = a list of { NUMBER($n) }
