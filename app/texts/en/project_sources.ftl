### Where the images of a synset come from.

heading = Where they come from
about = Good images are more or less likely in each source. What the votes say about that moves the chances of all its images; the table above holds for the sources of the initial sample together.
about-alike = All sources are judged by the same table here; the full policy tells them apart.
source = Found by
unnamed = Not named
positive = Positive
negative = Negative
share = Expected to be good
no-table = –
