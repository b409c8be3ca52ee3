"""The agreement: rules, facts, steps, states, access table. Standard library only."""
