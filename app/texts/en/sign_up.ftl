### The page on which anybody makes an account, where that is open.

title = Make an account
password = Password
make = Make the account
# $link is `sign-in`.
have-one = You have one? { $link }
sign-in = Sign in

closed = By invitation only
# $link is `sign-in`.
closed-words = Ask whoever runs this server for an invitation link. You have an account? { $link }
