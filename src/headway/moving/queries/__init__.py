"""What was brought, and how it stands."""
