"""All writes of an import: each batch in a transaction of its own, so that one that was killed goes on."""
