### Near duplicates of a synset, in pairs.

title = Near duplicates
title-of = Near duplicates of { $synset }
by-review = Pairs by review
not-reviewed = Not reviewed
almost = Almost duplicates
reviewed = Reviewed
pages = Pages of pairs
more = More pairs

# A hash is 64 bits that say what an image looks like.
about-not-reviewed = Images whose hashes differ in fewer than { NUMBER($threshold) } of 64 bits. The one on the left stays, the other is not asked about. A word about a pair holds for good, and can be said anew; votes are never lost.
about-almost = Both images are kept, though their hashes differ in only { NUMBER($from) } to { NUMBER($to) } of 64 bits. Drop one if they show the same picture.
about-reviewed = What was said last about each pair. Say it anew to change it.

none = No such pair
none-not-reviewed = Every near duplicate has been reviewed, or there is none.
none-almost = No two kept images are just above the threshold.
none-reviewed = Nobody has reviewed a pair of this synset so far.

# What is told are keys of the keyboard.
keys = { $k } keep as it is · { $w } swap · { $n } not a duplicate · { $up } { $down } move, while a pair has the focus

# $bits is a count with its noun.
pair = Candidates { $left } and { $right }, { $bits } apart
# $number is $bits in bold.
bits-apart = { $bits ->
    [one] { $number } bit
   *[other] { $number } bits
}
kept = Kept
stays = Stays
dropped = Dropped
no-votes = no votes
# $size is like 640 × 480, $bytes like 48 kB, $format like JPEG.
facts = { $size } · { $bytes } { $format }

keep = Keep as it is
swap = Swap
apart = Not a duplicate
drop-right = Drop the right one
drop-left = Drop the left one

same = The same picture; the left one stays
# $what is `apart` or `same`.
said = { $what }, { $moment }
said-by = { $what }, said { $name }, { $moment }
