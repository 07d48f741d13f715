"""Sender rules: whose mail is suspected spam, learned from what people mark and take back."""
