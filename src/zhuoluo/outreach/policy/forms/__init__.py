"""What is asked of whoever keeps the library, and of whoever reckons with it."""
