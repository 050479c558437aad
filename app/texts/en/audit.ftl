### Blind checks of settled images.

title = Audit
title-of = Audit: { $word }
# Where the question would be. $word is the synset's first word.
question = Does it show: { $word }?
blind = What the votes made of this image is not shown, so that it can’t sway you: most were accepted, some were not.
progress = { NUMBER($done) } checked, { NUMBER($wanted) } more wanted
yes = It shows it
no = It does not
skip = Skip
picture = The image to check

nothing = Nothing to check
nothing-words =
    Enough accepted images were checked for now: the first thirty of a synset, then one in a hundred. Images of the initial sample, which taught the table, are left out.
nothing-after-skipping = What is left was skipped.
start-again = Start again
