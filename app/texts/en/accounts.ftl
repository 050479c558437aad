### Accounts, invitations and sign-up, for admins.

title = Accounts
pages = Pages of accounts
first-page = First page
next-page = Next page

# Beside the name of an account that is switched off.
off-since = Off since { $date }
# $votes is a count with its noun, $since a date.
votes-since = { $votes } · since { $since }
role-of = Role of { $name }
switched-off = Switched off
# $name is read out only.
save = Save { $name }

invite = Invite somebody
role = Role
days = Days until it ends
make-link = Make an invitation link
link-once = The link is shown once. It makes one account.

invitations = Open invitations
none-open = No invitation is open.
invitation = { $role }, until { $until }
invitation-by = { $role } by { $name }, until { $until }
withdraw = Withdraw

sign-up = Sign-up
is-open = Anybody can make a worker’s account.
is-closed = Accounts are by invitation only.
close-it = Close sign-up
open-it = Open sign-up to anybody
