### What the next page says about what was just done, and why a form was refused.

# Accounts.
password-changed = The password is changed. Other browsers were signed out.
# $link is an address.
invited = Send this link; it works once: { $link }
invitation-withdrawn = The invitation is withdrawn.
account-changed = The account is changed.
sign-up-open = Anybody can sign up as a worker now.
sign-up-closed = Sign-up is by invitation only now.

# Imports.
import-stopped = The import is stopped.
import-goes-on = The import goes on.

# Projects.
settings-saved = The settings are saved.
synset-settings-saved = The synset’s settings are saved.
turn-saved = The order is saved: it holds from the next batch that anybody is given.
paused = Paused: no more votes are asked for.
resumed = Resumed: workers get it again.
verdicts-passed = Verdicts are passed on from now on; it may take a minute.
verdicts-kept = Verdicts are not passed on any more; what was passed on is taken back within a minute.
cohort-saved = Saved: it holds from the next page that anybody is given.
price-saved = The price of a vote is saved.
entry-saved = Saved.
terms-saved = Saved. Everybody is asked to agree to the new terms before the next page.

# Workers.
worker-excluded =
    The worker is excluded: the votes no longer count. Nothing is deleted; you can restore them at any time.
worker-restored = The worker is restored: the votes count again.

# Experts.
no-such-answer = The answer is none of yes, no and open.
budget-saved = The budget is saved.
