### What is counted on many screens.

votes = { $n ->
    [one] { $n } vote
   *[other] { $n } votes
}
images = { $n ->
    [one] { $n } image
   *[other] { $n } images
}
synsets = { $n ->
    [one] { $n } synset
   *[other] { $n } synsets
}
files = { $n ->
    [one] { $n } file
   *[other] { $n } files
}

# What people have said of an image.
tally = { NUMBER($yes) } yes, { NUMBER($no) } no
tally-with-unsure = { NUMBER($yes) } yes, { NUMBER($no) } no, { NUMBER($unsure) } unsure

# 12 of 13.
hits = { NUMBER($hits) } of { NUMBER($of) }

tables = { $n ->
    [one] { $n } confidence table
   *[other] { $n } confidence tables
}
