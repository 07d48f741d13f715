"""The first steps of setting a workspace up."""
