"""Policy library: documents in numbered clauses with dates of force, search that cites them, calculators in steps."""
