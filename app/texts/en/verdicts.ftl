### How far candidates have come.

positive = Positive
negative = Negative
escalated = Escalated
open = Open
none = No images yet
# $images is a count with its noun.
in-words =
    { $images }: { NUMBER($positive) } positive, { NUMBER($negative) } negative, { NUMBER($escalated) } escalated, { NUMBER($open) } open

# What one image is taken for, inside a line.
is-open = open
is-positive = positive
is-negative = negative
is-escalated = escalated
