### What somebody reads whose answers don’t count in a project.

title = Stopped in this project
heading = You were stopped in this project
# A manager’s words follow.
reason = A project manager has decided that your answers here don’t count for now. The reason:
appeal =
    If you think that is a mistake, ask a manager of this project to look at it again: a decision can be taken back, and
    your answers count again then. Other projects are not touched by it.
my-work = See my work
other-projects = Other projects
