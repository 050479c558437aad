### Answers on their way to the server.

sending = { $n ->
    [one] Sending { $n } answer …
   *[other] Sending { $n } answers …
}
offline = { $n ->
    [one] You are offline: { $n } answer waits to be sent, and your answers are kept here.
   *[other] You are offline: { $n } answers wait to be sent, and your answers are kept here.
}
signed-out = { $n ->
    [one] You are signed out: { $n } answer waits to be sent, and your answers are kept here.
   *[other] You are signed out: { $n } answers wait to be sent, and your answers are kept here.
}
unreachable = { $n ->
    [one] The server can’t be reached: { $n } answer waits to be sent, and your answers are kept here.
   *[other] The server can’t be reached: { $n } answers wait to be sent, and your answers are kept here.
}
kept = { $n ->
    [one] { $n } answer waits to be sent, and your answers are kept here.
   *[other] { $n } answers wait to be sent, and your answers are kept here.
}
waiting = { $n ->
    [one] { $n } answer waits to be sent.
   *[other] { $n } answers wait to be sent.
}
recorded = { $n ->
    [one] { $n } vote recorded
   *[other] { $n } votes recorded
}
sign-in = Sign in
try-again = Try again

# $why is a sentence.
refused = An earlier page of { NUMBER($pictures) } pictures was not recorded: { $why }
send-again = Send it again
discard = Discard it
