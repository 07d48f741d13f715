"""The stream that keeps open screens up to date: a process of its own, for thousands of idle readers."""
