### What a worker reads or answers before the first page: terms, a definition, practice.

# $what is `terms`, `meaning`, `practice` or `practice-of`.
step = Before you begin · { $what }
not-now = Not now

terms = Terms
terms-of = Terms of { $project }
terms-lead = Please read what this project asks of you. You will not be asked again unless it changes.
agree = I agree

meaning = The meaning
what-is-meant = What is meant: { $synset }
what-is-meant-by = What is meant by “{ $synset }”?
# $words are synonyms.
also-called = Also called { $words }
# $synset is another synset, in bold.
mistake = Not quite: you chose what { $synset } means.
mistake-right = { $synset } is { $definition }
mistake-again = Please find it once more.
choose = Choose the definition that the pictures will be compared with.
that-is-it = That is it

practice = Practice
practice-of = Practice: { $synset }
practice-again = Once more, with other pictures.
practice-words = Pick every picture of these { NUMBER($pictures) } that shows it, even partly hidden. An expert has looked at them: you see at once what was right. These are no votes.
# $place is its number on the page.
picture = Picture { NUMBER($place) }
show = Show what is right
