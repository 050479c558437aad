### The files of an import on their way to the server.

folder = Choose a folder
files = Files to send
go-on = Go on
stop = Stop
begin = Begin with the files that are here
give-up = Give up this import
all-here = All files are here. The import begins …

# $megabytes and $all-megabytes are written by `tenths` below ten.
here = { NUMBER($n) } of { NUMBER($all) } files are here · { $megabytes } of { $all-megabytes } MB
left-out = { $n ->
    [one] { $n } file can’t be taken
   *[other] { $n } files can’t be taken
}
tenths = { NUMBER($whole) }.{ NUMBER($tenths) }
file-list = Files one by one
more-files = … and { NUMBER($n) } files more
kilobytes = { NUMBER($n) } kB
megabytes = { $n } MB
percent = { NUMBER($n) } %
is-here = ✓ here
too-large = is larger than is taken here

# What is read out.
added = { $n ->
    [one] { $n } file was added.
   *[other] { $n } files were added.
}
goes-on = Sending goes on.
stopped = Stopped. What is here stays.

none-chosen =
    No file was chosen that can be taken. Drop pictures, a zip archive or a table here, or choose them.
held =
    The server can’t be reached. What is here stays; sending goes on by itself in { NUMBER($seconds) } seconds, or press “Go on”.
