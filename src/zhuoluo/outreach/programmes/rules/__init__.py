"""The rules of programmes, pure: sums, states in words, what a sheet says."""
