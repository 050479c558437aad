### What there is not. $id is a number.

project = There is no project { $id }.
account = There is no account { $id }.
account-named = There is no account “{ $name }”.
candidate = There is no candidate { $id }.
candidate-to-decide = There is no candidate { $id } to decide.
import = There is no import { $id }.
assignment = There is no assignment { $id } of yours.
invitation = There is no such open invitation.
synset = WordNet 3.0 has no noun synset { $wnid }.
seeding = There is no seeding { $id } in project { $project }.
not-seeded = Synset { $wnid } is not seeded in project “{ $project }”.
not-seeded-here = Synset { $wnid } is not seeded in this project; seed it first.
candidate-of-synset = Synset { $wnid } of this project has no candidate { $id }.
nothing-below = No synset of project “{ $project }” lies below { $wnid }.
version = There is no version { $version } of this table: there are versions 1 to { $newest }.
version-before-any = There is no version { $version } of this table: it has no table yet.
no-pages-answered = Account { $id } has answered no page of this project.
not-practised = You have not practised this synset.
page = There is no such page.
picture = There is no such picture.
address = There is nothing with this address.
