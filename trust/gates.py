"""The gates, in order."""

from trust import (
    g01_matrix,
    g02_canaries,
    g03_oracles,
    g04_withdrawal,
    g05_tokens,
    g06_durability,
    g07_lost_updates,
    g08_idempotency,
    g09_slow_sockets,
    g10_exhaustion,
    g11_fuzzing,
    g12_planted_faults,
    g13_read_log,
    g14_catalogue,
    g15_restore,
    g16_protected,
)
from trust.gate import Gate

GATES: tuple[Gate, ...] = (
    g01_matrix.GATE,
    g02_canaries.GATE,
    g03_oracles.GATE,
    g04_withdrawal.GATE,
    g05_tokens.GATE,
    g06_durability.GATE,
    g07_lost_updates.GATE,
    g08_idempotency.GATE,
    g09_slow_sockets.GATE,
    g10_exhaustion.GATE,
    g11_fuzzing.GATE,
    g12_planted_faults.GATE,
    g13_read_log.GATE,
    g14_catalogue.GATE,
    g15_restore.GATE,
    g16_protected.GATE,
)
