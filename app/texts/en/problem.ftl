### What a page says when it can't be shown.

sign-in-needed = Please sign in
forbidden = Not for this account
not-found = Nothing here
invalid = That can’t be used
conflict = Someone was faster
too-often = One moment, please
unavailable = Not available just now
internal = Something went wrong

no-such-page = There is no page with this address.
try-again = Try again
start-page = Start page

# $id is what stands in the address.
no-project = There is no project “{ $id }”.
no-account = There is no account “{ $id }”.
no-import = There is no import “{ $id }”.
no-candidate = There is no candidate “{ $id }”.
