"""Reading what is known of the lake."""
