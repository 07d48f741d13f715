"""Keeping the lake in step with the journal."""
