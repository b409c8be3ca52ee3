"""Who is calling: tokens, accounts, keys."""
