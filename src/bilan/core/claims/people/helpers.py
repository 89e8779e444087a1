"""Who comes to help is not who is hurt: "paramedics rushed her to a hospital".

A bare plural right before such a verb, or a second one behind "who", counts nobody: what is said of
harm behind it is said of others. The verbs are data: `[people] helping`.
"""

from __future__ import annotations

from bilan.core.claims.people.nouns import Nouns
from bilan.core.claims.text.lexicon import Hit

_TO_VERB = 2  # tokens between the noun and its verb: "paramedics quickly rushed"


def helps(nouns: Nouns, hit: Hit) -> bool:
    """Whether a verb of helping stands right behind a noun for several people."""
    norms = nouns.words.norms
    for i in range(hit.last, min(len(norms), hit.last + _TO_VERB + 1)):
        if norms[i] in nouns.helping:
            return True
        if nouns.words.kinds[i] != "w" or i in nouns.harm:
            return False
    return False
