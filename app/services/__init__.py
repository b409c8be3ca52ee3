"""Use cases: one function per verb of the business, one transaction each, one visible commit."""
