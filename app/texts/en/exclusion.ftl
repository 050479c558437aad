### Excluding or restoring a worker.

exclude = Exclude { $name }
exclude-question = Exclude { $name }?
restore = Restore { $name }
restore-question = Restore { $name }?
about-you = This is you: it is about your own votes in this project.

consequences = What would change
# Both are counts with their nouns.
votes-stop-counting = { $votes } on { $synsets } would no longer count.
votes-count-again = { $votes } on { $synsets } would count again.
tables = { $tables ->
    [0] No confidence table rests on them.
    [one] { $tables } confidence table would be built again.
   *[other] { $tables } confidence tables would be built again.
}
# A list of `change-of-images` follows unless it is none.
changes = { $images ->
    [0] No image would be taken for something else.
    [one] { $images } image would change:
   *[other] { $images } images would change:
}
# What images are taken for: 9 positive → open.
change-of-images = { NUMBER($images) } { $from } → { $to }
change = { $from } → { $to }
exclude-words = The votes stay recorded, and everything comes back as it was when the worker is restored. Until then the worker gets no more pages here.
restore-words = The worker gets pages again.

all-images = The images
some-images = { NUMBER($shown) } of the images

reason = Reason
exclude-reason-hint = The worker reads it as you write it, when asking for the next page. Say what happened, and what the worker can do.
restore-reason-hint = The worker reads it as you write it.
leave = Leave it as it is
