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
