### Searching WordNet, and where to begin.

title = WordNet
hint = { NUMBER($n) } noun meanings. Try “dalmatian”, “grand piano” or “n02084071”.
tree = Look around in the tree

# Before the projects’ names: one of them is chosen, and what it has is marked.
mark = Mark what is in
kinds = { $n ->
    [one] { $n } kind
   *[other] { $n } kinds
}
# Read out after “Look below”.
open = Open in the tree
open-name = : { $synset }
paper-words = What ImageNet began with: 5,247 synsets.
beginners-words = Every noun stands below one of these.
