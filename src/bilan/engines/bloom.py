"""A set of keys in a few bytes each, that may say yes wrongly but never no."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

BITS_PER_KEY = 12  # about 0.4 % wrong yeses with four probes; more bits, fewer wrong yeses
_PROBES = 4


class Bloom:
    """A Bloom filter over UTF-8 keys; its bytes are the same on every machine."""

    def __init__(self, bits: bytearray) -> None:
        self._bits = bits
        self._size = len(bits) * 8

    @classmethod
    def sized(cls, keys: int) -> Bloom:
        """An empty filter for about so many keys."""
        return cls(bytearray(max(1024, keys * BITS_PER_KEY // 8)))

    def __bytes__(self) -> bytes:
        return bytes(self._bits)

    def __contains__(self, key: str) -> bool:
        seed = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")
        step = (seed >> 32) | 1
        for _ in range(_PROBES):
            bit = seed % self._size
            if not self._bits[bit >> 3] & (1 << (bit & 7)):
                return False
            seed += step
        return True

    def add_all(self, keys: Iterable[str]) -> None:
        """Add every key."""
        bits, size = self._bits, self._size
        for key in keys:
            seed = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")
            step = (seed >> 32) | 1
            for _ in range(_PROBES):
                bit = seed % size
                bits[bit >> 3] |= 1 << (bit & 7)
                seed += step
