"""Pure decisions of the audit."""
