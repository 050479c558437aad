### What a synset, a subtree or a project has to show for its precision.

title = Certificate
title-of = Certificate: { $what }
of-project = All synsets of { $project }
of-subtree = { $words } and everything below it
# $date is a moment.
issued = As of { $date }
as-json = As JSON
nothing = Nothing to certify yet
nothing-words = No image is accepted here.

accepted = Accepted images
by-experts = { $n ->
    [one] { $n } by an expert
   *[other] { $n } by experts
}
stated = Stated precision
stated-means = The mean confidence of the images that votes accepted.
audited = Audited precision
audited-means = { $good } of { $images } accepted images show the synset, say experts who did not know the verdict.
not-audited = Not audited
missed = Missed
missed-means = { $good } of { $images } rejected images that were audited show the synset all the same.
votes-per-accepted = Votes for each
target = Target
threshold = Threshold
table = Table
shift = Audit shift
version = Version { NUMBER($version) }

on-hold = { $n ->
    [one] { $n } synset is on hold and not certified.
   *[other] { $n } synsets are on hold and not certified.
}
without-table = { $n ->
    [one] { $n } synset has no table yet.
   *[other] { $n } synsets have no table yet.
}
held = On hold, not certified: { $reason }

agreement = How far people agree
agreement-words = The votes on all images with two or more of them: yes, no and unsure are three answers. Agreement is no proof: a crowd that is wrong together agrees.
pairwise = Pairs of votes that agree
fleiss = Fleiss’ kappa
krippendorff = Krippendorff’s alpha

by-depth = By depth of the hierarchy
depth = Depth
by-synset = By synset
# A heading over the share that experts found, with its interval.
audited-share = Audited: precision

limits = What it can’t say
limits-words =
    Thirty audits without an error leave room for one error in ten; about a thousand would be needed to show 99.7 % for one synset. Pooled over many synsets they say more.
again = How to check it
again-words =
    Everything here follows from recorded votes, experts’ labels and exclusions. “synvote verify” computes each table and verdict again; the votes can be exported.
votes-csv = Votes as CSV
images-sha256 = SHA-256 over the sorted hashes of the accepted images, one a line:
