### Why files can’t be taken, and what came of a pair of near duplicates.

# $file is its name, $why like “is empty”.
refused = { $file } { $why }.
none-chosen = No file was chosen. Choose one or more pictures, or a zip archive.
no-name = The file has no name; say it as ?name=…
too-many-bytes = At most { NUMBER($gigabytes) } GB can come in one import; send the rest in another.
too-many-files = At most { NUMBER($most) } files can come in one import; send the rest in another.
takes-no-more = This import takes no more files: it has begun, or was stopped. Send them in another.
is-over = This import is over already.
has-not-stopped = This import has not stopped, so there is nothing to resume.
nothing-waits = No file of this import waits any more; send the files in another one.
too-many-asked = { NUMBER($files) } files are too many at once; { NUMBER($most) } are the most.

no-form = This is no form with files: { $what }.
after-files = { $field } came after the first file; send the text fields before the files.
no-field = “{ $field }” is no field of this form.
long-text = { $field } is longer than { NUMBER($most) } bytes.
not-utf8 = { $field } is not valid UTF-8 text.
# $reason is said by the program.
upload-broke-off = The upload broke off: { $reason }.
file-broke-off = The file broke off: { $reason }.
address = The address must say the file as ?name=…&modified=… and nothing else.

same-twice = A pair has two candidates; the same one was named twice.
other-synsets = Candidates { $left } and { $right } are of different synsets; only images of one synset can be duplicates.
stays = Candidate { $candidate } stays
is-near = Candidate { $candidate } is a near duplicate of candidate { $kept }
# $stays is one of the two above.
dropped = { $stays }; candidate { $candidate } is dropped.
both-apart = Both are candidates of their own.
apart = They are apart. { $left }. { $right }.
