### One's own account.

title = Account
# $role is a role's name.
role = Role: { $role }
change-password = Change the password
present-password = Present password
new-password = New password
sessions = Sessions
sessions-words = Signs out every browser in which you are signed in, this one included.
sign-out-everywhere = Sign out everywhere
