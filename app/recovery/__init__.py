"""What a restored backup must be told before it is opened: kept outside the database, and told again."""
