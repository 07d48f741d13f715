"""The addresses nothing is sent to any more."""
