### What several screens say about a candidate image. $candidate is its number.

name = Candidate { $candidate }
name-for = Candidate { $candidate } for { $synset }
no-licence = No licence given
# In how many bits the hashes of two images differ.
bits = { $n ->
    [one] { $n } bit
   *[other] { $n } bits
}
