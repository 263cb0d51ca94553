"""What the pages and documents of this provider must say, as data that somebody reviews."""
