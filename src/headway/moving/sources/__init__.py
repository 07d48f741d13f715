"""Sources: a folder or file of another system, read into records. A source never touches the desk."""
