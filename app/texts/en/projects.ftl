### All projects, for managers.

title = Projects
none = No project yet
none-words = A project collects images for a set of synsets, under one set of rules for when to stop asking.
# $synsets is a count with its noun.
no-images = { $synsets } · no images yet
# $synsets, $images and $votes are counts with their nouns; $ratio is a number like 3.1.
totals = { $synsets } · { $images } · { NUMBER($positive) } positive · { $votes } · { $ratio } an image

new = New project
name = Name
name-hint = You seed synsets and set thresholds on the next page.
make = Make the project
