### A worker’s own page: today, the last days, and each project.

title = My work
account = Account and password
none = No votes yet
# $link is `choose`.
none-words = Once you have answered a page, this shows your day, your streak, and how your answers compare. { $link }
choose = Choose a project

today = Today
votes = Votes
pages = Pages
time = Time
days-in-a-row = Days in a row
votes-in-all = Votes in all
how-counted =
    Days begin at midnight UTC. Time runs from when a page was handed out, or from the answer before it if that came later,
    to its answer; a page counts for { NUMBER($minutes) } minutes at most, so that breaks don’t.

last-days = The last days
as-table = The same as a table
by-day = Votes by day
day = Day (UTC)
chart = Votes by day: { NUMBER($votes) } in { NUMBER($days) } days, { NUMBER($most) } on the busiest
# A number that fits above a narrow bar.
thousands = { NUMBER($n) }k

# $here is `stopped-here`, $since a date and time. A manager’s words follow.
stopped = { $here } on { $since }. Your answers don’t count for now. The reason:
stopped-here = You were stopped here
appeal = If you think that is a mistake, ask a manager of this project to look at it again.

# $place says in which project; it is read out only.
go-on = Go on { $place }
start = Start labeling { $place }
in-project = in { $name }

page-waits = A page waits for your answer.
open = { $synsets ->
    [0] No synset has open questions.
    [one] { $synsets } synset with open questions.
   *[other] { $synsets } synsets with open questions.
}
your-votes = Your votes
by-expert = Right, by an expert’s word
none-by-expert = No image that you answered has been looked at by an expert yet.
as-settled = Same as the settled verdict
none-settled = No image that you answered is settled yet.
# After a share: out of how many, and between which shares it surely lies.
compared = { NUMBER($hits) } of { NUMBER($of) }; surely between { $low } and { $high }

your-synsets = { $n ->
    [one] Your { $n } synset
   *[other] Your { $n } synsets
}
# How far somebody has come with a synset: these are put into one line with commas; its first letter becomes a capital.
meaning-known = { $mistakes ->
    [0] meaning known at once
    [one] meaning known after { $mistakes } mistake
   *[other] meaning known after { $mistakes } mistakes
}
meaning-not-found = { $mistakes ->
    [one] meaning not found yet, { $mistakes } mistake
   *[other] meaning not found yet, { $mistakes } mistakes
}
practice = practice { NUMBER($right) } of { NUMBER($of) } right
admitted = you get its pages
not-admitted = first page still to come
