### Bringing in candidate images.

title = Import images
synset-hint = The wnid of a synset that is seeded in this project, like n02084071. Leave it empty if a table says it for each file.
chosen = { $synset }: { $definition }
import = Import

# $heading is `goes-on` in bold, $what a synset or `what-tables-name`.
going-on = { $heading }: for { $what }, { $files ->
    [one] { $files } file is here already.
   *[other] { $files } files are here already.
} Drop the same files again: only those are sent that are missing.
goes-on = An import goes on
what-tables-name = synsets that a table names
see-import = See the import
needs-script = Going on needs script. Without it, begin with the files that are here, and import the rest by a new form.
send-missing = Send the missing files

origin = Where the images come from
origin-hint = Holds for all files of this import of which a table says nothing else. A release can’t be published without it.
licence-hint = A short name like CC-BY-4.0, or an address.
creator-hint = Who made them.
found-by-hint = Query, language and engine, such as “husky, en, flickr”: searches that find more or fewer right images are told apart. Without it, the address’s host.
attribution-hint = The line that must be shown with the image.
source-hint = The address of the page they come from.

drop = Drop files or folders here, or choose them
# Instead of `drop` where there is no script.
files = Files
files-hint = JPEG, PNG, WebP or GIF up to 20 MB each, up to 20,000 of them; zip archives up to 1 GB; tables (CSV).

tables = A table that says what each file is
# What is told are the names of columns, which are the same in every language.
tables-words = A CSV file among the others, or in the archive, whose first line names the columns: { $file } and any of { $others }. So one import can serve several synsets. Lines that can’t be used are reported with their number; the others count.
# The first line holds the names of columns.
tables-example =
    file,wnid,source_url,licence,attribution
    rex.jpg,n02084071,https://example.org/rex,CC-BY-4.0,Photograph by Ann

latest = Latest imports
none = Nothing was imported so far.
by-table = By a table
# $files is a count with its noun.
files-at = { $files } · { $moment }
