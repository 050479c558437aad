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
