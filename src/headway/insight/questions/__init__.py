"""What customers ask again and again: their openings grouped by meaning, and each group named by its words."""
