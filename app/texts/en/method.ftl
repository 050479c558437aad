### Who decides in a project, and what each way would mean there.

legend = Who decides
about = Every synset’s initial sample gets its votes under each of them: without it nobody could say what comes of the rest.

full = Tables and weights
full-means =
    A confidence table for each synset, which leans on those of related synsets. A vote weighs less where its worker errs more than others do. The fewest votes for a precision that is true.
table = Tables alone
table-means = A confidence table for each synset by itself. Every vote weighs 1.
majority = A majority
majority-means = Every image gets as many votes. Two thirds of them decide; what lies between goes to an expert.
fixed = A number of yes votes
fixed-means = Every image gets as many votes, and is positive where so many of them say yes.
majority-votes = Votes on an image
fixed-votes = Votes on an image
fixed-yes = Of these, yes

compared = What each would mean here
compared-label = What each policy would mean here
policy = Policy
in-force = in force
yes-of = { $yes } of { $votes } yes
majority-of = Majority of { $votes }
no-precision = none is accepted
hint-known = From this project’s own { $tables }: every image is followed through its synset’s table.
hint-guessed = No synset has a table yet: the guess is a usual synset, with { $share } good images.
