"""New text split from quoted text and signature, line by line."""
