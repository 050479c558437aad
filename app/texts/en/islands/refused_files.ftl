### What can be said against a file of an import. Each stands behind the file's name: “notes.txt is empty”.

no-picture = is no picture by its name; JPEG, PNG, WebP, GIF, zip or CSV would be right
empty = is empty
too-long = has more than { $megabytes } MB; at most that many are taken
