### The sheet of keys of the labeling board.

title = Keys
does-move = move between pictures; one by one: no, unsure, yes, back
pick = Space or Enter
does-pick = pick, or take the pick back
pick-way = Shift ← ↑ → ↓
does-pick-way = pick all on the way
pick-range = Shift click
does-pick-range = the same for all up to this one
undo = Ctrl Z
does-undo = undo
redo = Ctrl Shift Z
does-redo = redo
submit = Ctrl Enter
does-submit = submit
leave = Tab
does-leave = on to the buttons

single-keys = Single keys
single-keys-act = Single keys act while a picture has the focus
# What single keys do.
unsure = unsure
zoom = show large; again: close
broken = report: can’t be seen
offensive = report: offensive
sheet = this sheet

mouse-rests = A mouse that rests on a picture shows it large
close = Close
as-at-first = As at first
