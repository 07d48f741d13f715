"""The doctor: looks at everything a support engineer would ask about, and says what to do."""
