### Searching WordNet.

title = WordNet
hint = { NUMBER($n) } noun meanings. Try “dalmatian”, “grand piano” or “n02084071”.
tree = Look around in the tree
