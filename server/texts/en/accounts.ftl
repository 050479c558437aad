### Why an account can’t be used, made or changed.

wrong = This name and password do not belong together.
sign-up-closed = Sign-up is by invitation. Ask an admin of this project for a link.
days = An invitation can live 1 to { NUMBER($most) } days, not { NUMBER($days) }.
present-wrong = The present password is wrong.
last-admin = This is the last admin; make another one first.
name-taken = This name is taken; please choose another one.
link-gone = This link was used already, has expired or was withdrawn. Ask for a new one.
