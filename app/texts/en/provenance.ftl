### Where an image comes from.

source = Source
licence = Licence
attribution = Attribution
creator = Creator
found-by = Found by
