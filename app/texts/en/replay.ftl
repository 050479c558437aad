### A project's recorded votes once more, under other settings.

title = What if: { $name }
heading = What if?
about =
    The votes that were recorded here are played once more, in a random order, under other settings. Nothing is changed, and nobody is asked.
who = Who would decide
levels = At which levels
run = Play the votes
save-there = What you find good is saved in the settings.

now = As it is
then = As typed
what-label = What would have been found
headline = What came of it
headline-wrong = Mend what is wrong first
fewer = { $votes } fewer would have done
more = { $votes } more would have been asked for
same = As many votes would have been asked for
images = Images
positive = Positive
negative = Negative
escalated = For an expert
undecided = Their votes ended too early
on-hold = In synsets on hold
votes = Votes asked for
votes-an-image = Votes an image
stated = Stated precision
measured = Measured precision
recall = Good images found

# $votes and $images are counts with their nouns.
recorded = { $votes } on { $images } in { $synsets } were played, { NUMBER($draws) } times with another order and another initial sample; figures are means.
left-out = { $synsets } were left out, because there are more votes than one replay takes.
labelled = Measured precision and good images found are those of the { $images } that experts labeled. They did not label a random part of all images, so these figures compare settings and prove no precision; the certificate does.
not-labelled = No expert has labeled an image here, so nothing can be measured, only stated.
ended = Votes were recorded only until the settings of then were satisfied. Where others would have asked for more, an image is counted as one whose votes ended too early.

synsets = Synset by synset
synsets-label = What would have been found in each synset
synset = Synset
nothing = There are no votes yet
nothing-words = Votes can be played again once there are some.
