### What is to be expected of a project at other target precisions, and its budget.

title = Forecast: { $name }
heading = Forecast
about = What the open images will still take and yield, from the tables that there are and the votes that there are. It says nothing of synsets that get their images later.

slider = Target precision
slider-hint = From { $low } to { $high }. The higher it is, the more votes it takes, and the fewer images get there.
look = Look
headline-now = At the { $target } that is set
headline-then = At { $target } instead of { $now }
headline-wrong = This can’t be looked at

figures-label = What is to be expected
as-it-is = As it is
at-target = At { $target }
votes = Votes still to come
range = Nine times in ten
# $low and $high are counts.
between = { $low } to { $high }
cost = Their price
days = Days at the present pace
accepted = Positive in the end
recall = Good images found
stated = Stated precision
escalated = For an expert
on-hold = Synsets on hold
spread-words = The range is what chance alone makes of it, if the tables are right. A table that was learned from few images may be off by more; the synset’s page says by how much.
guessed = { $without ->
    [one] { $without } synset has no table yet: for it the guess is a usual synset.
   *[other] { $without } synsets have no table yet: for them the guess is a usual synset.
}
no-target = A number of votes decides in this project, so it has no target. What each policy would mean is said in the settings.
save = Set this target

targets = From target to target
targets-label = What is to be expected at some targets
target = Target
set-now = set

largest = Synsets that will take the most votes
synset = Synset

budget = Budget
budget-words = From so many recorded votes on, nobody is asked any more; pages that are out already still count. What is open stays open.
budget-votes = Votes
budget-hint = A whole number. Empty: as long as something is open.
budget-save = Save the budget
# $votes and $budget are counts.
budget-spent = { $votes } of { $budget } votes are recorded: nobody is asked any more.
budget-left = { $votes } of { $budget } votes are recorded.
budget-none = { $votes } votes are recorded, and there is no budget.
budget-short = What is open is expected to take { $missing } votes more than the budget leaves.
nothing = Nothing to expect yet
nothing-words = Seed synsets and bring in images first.
