"""From a file to a Document, and from a Document to a Report."""
