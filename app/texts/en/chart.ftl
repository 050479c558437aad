### What every chart over time says.

as-table = The figures as a table
# $label says what the chart shows, as a sentence.
label-of-table = { $label } The figures as a table.
when = When
