### Small words that say where something stands.

# Where a synset stands.
synset-paused = Paused
synset-waiting = No images yet
synset-calibrating = Calibrating
synset-labelling = Labeling
synset-hold = On hold
synset-done = Done

# Where an import stands.
import-receiving = Receiving files
import-queued = Waiting for its turn
import-running = Working
import-finished = Finished
import-failed = Failed
import-cancelled = Stopped

# What became of a file.
file-waiting = Waiting
file-added = Added
file-known = Known already
file-duplicate = Near duplicate
file-refused = Refused
file-read = Table

worker = Worker
expert = Expert
manager = Manager
admin = Admin
