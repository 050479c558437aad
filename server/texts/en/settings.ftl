### What is wrong with a project’s settings.

name-taken = There is a project named “{ $name }” already.
overrides = Synset { $wnid } overrides some of this: { $what }
price = The price of a vote is “{ $amount }”; a number from 0 to { NUMBER($most) }, like 0.012, would be right.
cohort = The number of people who came together is “{ $people }”; a whole number from 1 to { NUMBER($most) } would be right, or nothing at all.
budget = The budget is “{ $amount }”; a whole number of votes from 1 to { NUMBER($most) } would be right, or nothing at all.
currency = The currency may have { NUMBER($most) } characters, like EUR or $.

# $name is one of the names that follow.
missing = The { $name } is missing.
out-of-range = The { $name } is “{ $value }”; a number from { $low } to { $high } is expected.
target-precision = target precision
threshold = threshold
rejection = rejection level
initial-sample = initial sample
initial-votes = votes on each image of the initial sample
votes-cap = votes cap
batch-size = batch size
batch-size-phone = batch size on a phone
duplicate-distance = duplicate distance τ
method = policy
majority-votes = number of votes of the majority
fixed-votes = fixed number of votes
fixed-yes = number of them that must say yes
unknown-method = The policy is “{ $method }”; full, table, majority or fixed would be right.
