### What comes before the first page of a project, on the project's settings.

title = Before the first page
terms-hint = Plain text; an empty line begins a paragraph. Workers agree before their first page, and again whenever the text changes. Empty: nobody is asked.
standing = Version { $version }, written { $moment }. { $people ->
    [one] { $people } person has agreed to it.
   *[other] { $people } people have agreed to it.
}
no-terms = There are no terms: nobody is asked.
ask-definition = Ask which definition is meant
ask-definition-hint = Once for each worker and synset, before its first page: its definition among those of its siblings.
save = Save

preview = As workers see them
# What is told are the words on two buttons.
preview-hint = Below it: “{ $agree }”, and “{ $not-now }”, which leads back to the start page.
