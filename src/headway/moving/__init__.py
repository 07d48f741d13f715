"""Moving in: what other systems hold comes to the desk, with its times, silently, each thing once."""
