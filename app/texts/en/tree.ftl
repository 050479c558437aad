### WordNet as a tree.

open = Open { $name }
close = Close { $name }
# $link is `all-kinds`.
more = { NUMBER($n) } more. { $link }
all-kinds = See all kinds of it

# What is ticked: a synset and all below it, or a branch that is left out.
choose = Choose
chosen = Chosen
leave-out = Leave out
left-out = Left out
# Read out right after one of these words.
what = : { $name } and what is below it

# Beside a synset: what a project has of it.
in-project = in the project
all-in-project = all in the project
some-in-project = { NUMBER($n) } in the project

# $parents are the names of a synset's other parents.
also-under = also under { $parents }

# Where the tree begins.
paper = The paper’s twelve subtrees
beginners = WordNet’s beginnings
root = The root of all nouns

# The page.
title = WordNet as a tree
below = Below { $name }
all-starts = All starting points
# $link is `search`.
several-parents = A synset with several parents comes below each of them; its row says where else. { $link }
search = Search instead
