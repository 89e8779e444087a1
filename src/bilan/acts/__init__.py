"""What a person does to a record, one verb for each module: check, act, log, in one transaction."""

from bilan.store.start import start

start()
