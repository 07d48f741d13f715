"""Mails we wrote ourselves after the habits of many mail systems and programs; nothing in them was ever sent."""
