"""`make bench`: the real application beside bare asyncpg running the same statements, on generated data.

sizes → people and rows (`directory`, `stories`) → `loading`; then `api`, `load`, `recording` and `bare`
measure, and `report` prints. Nothing of this reaches production.
"""
