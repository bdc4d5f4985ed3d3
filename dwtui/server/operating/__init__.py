"""What the operator does straight on the database: the first organization, users, tokens, keys."""
