"""One provider a file: pure rules from a call to a mail."""
