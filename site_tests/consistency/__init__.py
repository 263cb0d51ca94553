"""What this project publishes, compared with itself: each test compares two outputs of the same build."""
