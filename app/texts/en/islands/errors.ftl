### Why something could not be done.

sign-in-needed = Please sign in first.
too-often = { $seconds ->
    [one] That was too often. Please try again in { $seconds } second.
   *[other] That was too often. Please try again in { $seconds } seconds.
}
unavailable = { $seconds ->
    [one] The storage can’t be reached just now. Nothing was recorded; please try again in { $seconds } second.
   *[other] The storage can’t be reached just now. Nothing was recorded; please try again in { $seconds } seconds.
}
internal = Something went wrong on our side. It has been logged; please try again.

# $what is said by the program: which entry of the form, and what is wrong with it.
unreadable-form = The form could not be read: { $what }
unreadable = What was sent could not be read: { $what }
