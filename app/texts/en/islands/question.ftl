### What is asked on the labeling board: a synset's words and meaning.

about = About it
# $what is a noun with its article, see `a-noun`.
instruction =
    Pick every picture that shows { $what }. Count it even when partly hidden, however many there are, and whatever else is in the picture.
# A noun with its article; the second one stands before a, e, i, o, u. Where a language needs none, both are the noun alone.
a-noun = a { $noun }
an-noun = an { $noun }
shown-by = These show it
not-shown-by = These do not
example = Example { NUMBER($n) }
not-this = Not this
wikipedia = Wikipedia
# Read out after a link that opens a new tab.
opens-tab = (new tab)
stands = Where it stands
