### The images of a synset by verdict.

by-verdict = Images by verdict
pages = Pages of images
more = More images
review-pairs = Review them in pairs

order = Order of the images
newest = Newest
most-confident = Most confident
least-confident = Least confident
most-disputed = Most disputed
most-disputed-words = First the images whose votes stand closest to half yes and half no, an unsure vote counting half of each; among equals, those with more votes.

none = No such images
none-positive = No image has been accepted so far.
none-negative = No image has been rejected so far.
none-open = Nothing is open.
none-escalated = No image needs an expert.
none-duplicate = No image looks like another.

# $votes is like: 3 yes, 1 no.
candidate = Candidate { $candidate }: { $votes }
# Read out before a number like .95.
chance = Chance that it is good:
# $bits is a count with its noun.
looks-like = Looks like candidate { $candidate }, { $bits } apart
