### The page of pictures, and the last one, which can be changed.

title = Label: { $synset }
nothing = Nothing to label

change = Change: { $synset }
change-words = This is the page that you submitted last, with your answers. Change what is wrong, then save it.
nothing-to-change = Nothing to change
no-page = No page to change
no-page-words = The page that you submitted last can be changed here, until you submit the next one.
back = Back to labeling
