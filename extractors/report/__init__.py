"""A Document to a Report."""
