### Searching WordNet while one types.

field = Word or wnid
search = Search
in-subtree = { NUMBER($n) } synsets in its subtree
choose = Choose it
choose-tree = Choose its subtree
alone = It alone
# The same buttons, read out. $name is a synset's.
choose-name = Choose it: { $name }
choose-tree-name = Choose its subtree: { $name }
alone-name = It alone: { $name }
unreachable = The search can’t be reached just now. Press “Search” to try again.
found = { $n ->
    [0] WordNet 3.0 has no noun that begins like this. Try the singular, or a shorter beginning.
    [one] { $n } synset
   *[other] { $n } synsets
}
