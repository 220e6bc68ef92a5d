"""Pages of programmes: what residents see, and what staff work on."""
