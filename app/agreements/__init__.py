"""Agreement files, clause by clause, and their loader."""
