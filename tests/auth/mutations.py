"""Good tokens spoiled by chance."""

import random

from tests.auth import forge
from tests.auth.attacks import ALPHABET
from tests.auth.forge import SECOND, claims, header


def mutated(chance: random.Random, text: str) -> str:
    """The token with one to four places changed, cut, doubled, moved or filled with structure."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        letter = chance.choice(ALPHABET + "=.+/ \x00å\ud800")
        match chance.randrange(7):
            case 0:
                text = text[:at] + letter + text[at + 1 :]
            case 1:
                text = text[:at] + letter + text[at:]
            case 2:
                text = text[:at] + text[at + chance.randint(1, 9) :]
            case 3:
                text = text[:at] + text[at : at + 40] * 2 + text[at + 40 :]
            case 4:
                parts = text.split(".")
                chance.shuffle(parts)
                text = ".".join(parts)
            case 5:
                parts = text.split(".")
                spot = chance.randrange(len(parts))
                raw = bytearray(claims_or_header(chance))
                raw[chance.randrange(len(raw))] = chance.randrange(256)
                parts[spot] = forge.b64(bytes(raw))
                text = ".".join(parts)
            case _:
                text = text[:at] + chance.randbytes(chance.randint(1, 30)).decode("latin-1") + text[at:]
    return text or "."


def claims_or_header(chance: random.Random) -> bytes:
    """Good JSON to be spoiled."""
    return forge.as_json(chance.choice([claims(), header(), claims(nbf=SECOND), claims(act={"sub": "a"})]))
