### The frame of every page.

skip = Skip to content
main = Main
label = Label
my-work = My work
wordnet = WordNet
projects = Projects
workers = Workers
review = Review
accounts = Accounts
sign-in = Sign in
sign-out = Sign out
account-of = Account of { $name }
# The line at the foot of every page.
foot = Synvote · images verified by people, one synset at a time
