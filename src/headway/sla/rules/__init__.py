"""Service levels as pure decisions: business hours, targets, and the clock that joins them."""
