### Whether a page that is open is up to date.

live = Live
lost = Connection lost, trying again…
