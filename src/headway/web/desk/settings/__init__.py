"""The settings area: a screen for each thing an administrator defines, all with the same list of sections beside it."""
