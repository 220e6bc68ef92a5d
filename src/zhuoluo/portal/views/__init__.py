"""The residents' pages. Each view parses, calls one action and shows or sends on; nothing personal is in an address."""
