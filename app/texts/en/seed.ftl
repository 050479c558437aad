### Seeding synsets into a project: choosing them, what would come of it, what was seeded before.

title = Seed synsets
lead = Choose the synsets that this project shall collect images for. Nothing is seeded before you press “Seed”.
update = Update the preview
search = Search
tree = Tree
tree-hint =
    Tick a subtree to choose all of it; inside it, tick branches to leave them out. A branch that is left out stays where another way leads to it.

list = List
list-hint =
    Wnids like n02084071, or words with one meaning like “grand piano”; one a line, or separated by commas. Up to 12,000 characters.
# The entries follow.
unusable = { $n ->
    [one] { $n } entry can’t be used:
   *[other] { $n } entries can’t be used:
}
and-more = and { NUMBER($n) } more

chosen = Chosen
none-chosen = No subtree yet. Tick one in the tree, or search for it.
left-out = Left out
# How many levels of a subtree are chosen.
depth-of = Depth of { $name }
all-levels = { $n ->
    [one] all { $n } level
   *[other] all { $n } levels
}
levels-below = { $n ->
    [0] it alone
    [one] { $n } level below
   *[other] { $n } levels below
}
take-back = Take back
# Read out only.
take-name-back = Take { $name } back

# What seeding would do.
nothing-chosen = Nothing chosen yet
nothing-chosen-words = What seeding would do is shown here.
# $synsets is a count with its noun.
headline = { $synsets }, { NUMBER($seeded) } already seeded
kinds = { NUMBER($new) } new. { NUMBER($leaves) } have no kinds of their own, { NUMBER($others) } have.
# $names are some of these synsets.
abstracts = { $n ->
    [one] { $n } synset is no physical thing, so hardly any picture can show it: { $names }
   *[other] { $n } synsets are no physical things, so hardly any picture can show them: { $names }
}
instances = { $n ->
    [one] { $n } synset is a single thing with a name: pictures show kinds better: { $names }
   *[other] { $n } synsets are single things with a name: pictures show kinds better: { $names }
}
mend-first = Mend the entries that can’t be used; then it can be seeded.
nothing-new = There is nothing new to seed.
# $synsets is a count with its noun.
seed-them = Seed { $synsets }
by-level = By level
by-level-label = Synsets by level
below-root = Below the root
new = New
by-themselves = By themselves
roots = Roots
level = Level { NUMBER($n) }
some-new = Some of the new ones

before = Seeded before
none-before = Nothing yet. What you seed is listed here, with a way to undo it.
# $synsets is a count with its noun.
were-new = { NUMBER($new) } of { $synsets } were new
again = Choose the same again
undo = Undo: take out { $synsets }
undone = Undone: { $synsets } went
# What undoing leaves where it is. $reasons are `with-images` and `with-imports`.
would-stay = { $synsets } would stay: { $reasons }.
stayed = { $synsets } stayed: { $reasons }.
with-images = { NUMBER($n) } with images or votes
with-imports = { NUMBER($n) } with an import

# What is said once it is done.
seeded = { $n ->
    [one] { $n } synset was seeded. You can undo that below.
   *[other] { $n } synsets were seeded. You can undo that below.
}
left-project = Undone: { $synsets } left the project.
