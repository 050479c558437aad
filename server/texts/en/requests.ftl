### What is said of a request itself.

too-large = That is too large: at most { NUMBER($kilobytes) } kB can be sent here.
foreign = This was not sent by a page of this site, so nothing was changed. Open the site itself and try again.
