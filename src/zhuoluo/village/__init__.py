"""Village mediators (湾村明白人): listed with their consent, given a quarrel, told only what they need, heard in few words."""
