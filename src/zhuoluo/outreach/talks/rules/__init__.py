"""What a talk may be and when: plain values, no framework."""
