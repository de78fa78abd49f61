"""A page drawn with what was read marked on it."""
