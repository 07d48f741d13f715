"""Pure decisions about privacy."""
