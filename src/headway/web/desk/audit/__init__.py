"""The audit log: who did what and when, in words, searched and taken along."""
