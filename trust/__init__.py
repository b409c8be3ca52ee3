"""The proofs of what is promised: each gate is a promise, and the command that tries to break it."""
