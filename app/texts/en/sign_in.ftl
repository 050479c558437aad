### The page on which people sign in.

title = Sign in
# Beside the form, for somebody who was sent here from another page.
back-after = You come to the page you asked for right after.
password = Password
# $link is `make-one`.
no-account = No account? { $link }
make-one = Make one
by-invitation = Accounts are by invitation. A forgotten password: ask an admin for a new link.
