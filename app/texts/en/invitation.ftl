### The page behind an invitation's link.

title = Invitation
invited = You are invited
# $role is a role's name, $until a date and time.
offer = This link makes one account with the role “{ $role }”. It can be used until { $until }.
password = Password
make = Make the account

worker-may = Workers look at pages of pictures and pick those that show what is asked for.
expert-may = Experts label, and decide the images on which workers disagree.
manager-may = Managers label, and watch how projects come along.
admin-may = Admins may do everything: seed synsets, bring in images, change settings and accounts.
