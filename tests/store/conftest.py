"""Tables can be imported once Django has started."""

from bilan.store.start import start

start()
