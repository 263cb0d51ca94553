"""Every published configuration, taken from the built page and run by the real client."""
