### Names of figures and columns that several screens have.

synset = Synset
synsets = Synsets
images = Images
near-duplicates = Near duplicates
votes = Votes
votes-an-image = Votes an image
votes-left = Votes left
cost-left = Cost left
