### The start page, for visitors and for people who are signed in.

tagline = Images verified by people
which = Which of these pictures show it?
lead =
    Synvote turns what image search finds into a clean dataset, organised by the nouns of WordNet. You see a page of
    pictures beside one meaning of a word, and pick those that show it.
sign-in = Sign in
sign-up = Make an account
new-here = New here? Accounts are by invitation: ask whoever runs this server for a link.
look = Look
look-words = A word, what it means, and a page of candidates.
pick = Pick
pick-words = Every picture that shows it, even partly hidden. No more, no less.
done-sooner = Done sooner
done-sooner-words = Synvote learns how far votes on each word can be trusted, and stops asking when it is sure.

# The title for somebody who is signed in.
label = Label
hello = Hello, { $name }
all-projects = All projects

nothing = Nothing to label yet
nothing-words = When a project has pictures to look at, it appears here. Please come back later.
# $link is `go-to-projects`.
nothing-for-managers = A project with synsets and images appears here as soon as it has something to ask. { $link }
go-to-projects = Go to the projects

open-questions = { $synsets ->
    [one] { $synsets } synset with open questions
   *[other] { $synsets } synsets with open questions
}
all-settled = Everything is settled. Thank you!
votes-by-you = { $votes ->
    [0] You have not voted here yet
    [one] { $votes } vote by you so far
   *[other] { $votes } votes by you so far
}
# $place says in which project; it is read out only.
start-labeling = Start labeling { $place }
in-project = in { $name }

# What waits for an expert. $synsets is a count with its noun.
waits = { $images ->
    [one] { $images } image waits for an expert, in { $synsets }
   *[other] { $images } images wait for an expert, in { $synsets }
}
nothing-waits = Nothing waits for an expert.
review = Review
