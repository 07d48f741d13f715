"""What customers open from our mails without signing in: files that were too large to go along."""
