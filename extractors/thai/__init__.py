"""What is true of Thai text alone: pure functions over strings."""
