### An import's progress.

title-of = Import of { $synset }
title-into = Import into { $project }
imports = Imports
started = Started { $moment }
looked-at = { NUMBER($done) } of { $files ->
    [one] { $files } file looked at
   *[other] { $files } files looked at
}

added = Added
known = Known already
refused = Refused

send-more = Go on sending files
begin = { $files ->
    [one] Begin with the { $files } file that is here
   *[other] Begin with the { $files } files that are here
}
resume = { $files ->
    [one] Resume with the { $files } file that waits
   *[other] Resume with the { $files } files that wait
}
stop = Stop the import
import-more = Import more
refresh = Refresh by itself again
keep-still = Keep this page still

by-synset = By synset
files-by-synset = Files by synset

files = Files
by-outcome = Files by what became of them
notable = Not simply added
waiting = Waiting
tables = Tables
all = All
download-refused = Download the refused ones (CSV)
pages = Pages of files
more = More files
none = No such file.
file = File
outcome = What became of it
why = Why
