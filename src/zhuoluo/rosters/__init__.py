"""Who sits on which day, by rule, with substitutes in chains and fair turns: for reception days and nights on duty alike."""
