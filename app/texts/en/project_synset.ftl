### A synset of a project.

no-version = There is no version “{ $version }” of this table: versions are numbers.
in-wordnet = { $wnid } in WordNet
on-hold = On hold: { $reason }
# The images that are voted on first.
initial-sample = Initial sample
voted = { NUMBER($voted) } of { NUMBER($images) } voted

serving = Order of serving
serving-words = Batches that are handed out already stay as they are.
turn = When workers get it
turn-first = Before all others
turn-usual = When it can use them most
turn-last = When nothing else is open
turn-save = Save the order

administration = Administration
pause = Pause
pause-words = Workers get it as long as it has open images. Votes on batches already handed out still count.
resume = Resume
resume-words = It is paused: workers don’t get it.
import = Import images
import-words = Bring in candidate images for it: files or a zip archive.
settings = Settings of its own
settings-words = Its votes can follow settings of their own.

# The way to the page of that name.
forecast = Forecast
certificate = Certificate
