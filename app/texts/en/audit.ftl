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

# Images of initial samples.
anchors = Anchors
anchors-of = Anchors: { $word }
anchors-blind =
    This image is one of those that the synset’s table is learned from. Your word on some of them shows whether the crowd is right here. Its votes are not shown, so that they can’t sway you.
no-anchors-words =
    Twenty images of each initial sample are labeled, or all of a smaller one. Synsets come here when their table is built.
