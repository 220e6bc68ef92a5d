"""Rules of the policy library: numbers as documents write them, cutting into clauses, days of force. Pure."""
