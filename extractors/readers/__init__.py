"""A file to a Document, a room per format."""
