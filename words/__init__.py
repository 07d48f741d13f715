"""The texts that Headway says to people, and their translations: found in the source, kept in catalogues, checked."""
