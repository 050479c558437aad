### A synset of WordNet: its line in a list, and its page.

# Stands for a synset without words.
nameless = synset
# $synsets is a count with its noun.
in-subtree = { $synsets } in its subtree

# $name is the synset's first word.
wikipedia = Wikipedia on “{ $name }”
# Read out after a link that opens a new tab.
new-tab = (new tab)
is-a = Is a
more-paths = There are more paths than these.
kinds = Kinds of it
instances = Instances
beside = Beside it
in-projects = Projects with images of it
