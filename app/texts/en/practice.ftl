### What was right on a page of practice.

right-of = { NUMBER($right) } of { NUMBER($pictures) } right.
meaning = { $synset }: { $definition }
again = Once more
start-labeling = Start labeling

passed = Well done
passed-words = That is all for practice; the pictures that follow are real questions.
failed = Not sure enough yet
failed-words = Look at what was missed, then try once more with other pictures.
no-more = Take a closer look
no-more-words = There are no other known pictures to practise on. Keep these in mind, and use “unsure” when you can’t tell.

right = Right
wrong = Wrong
shows-picked = It shows { $synset }, and you picked it.
shows-left = It shows { $synset }: an expert says so. You left it.
other-picked = It does not show { $synset }: an expert says so. You picked it.
other-left = It does not show { $synset }, and you left it.
