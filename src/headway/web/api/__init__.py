"""REST API v1: everything a person can do, for programs. Tokens only; errors are problems; writes happen once."""
