"""What never reaches production: the embedded PostgreSQL, `make run`, the play."""
