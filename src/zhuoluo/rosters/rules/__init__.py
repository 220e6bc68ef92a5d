"""Pure: rules, calendar, people and absences in, a roster out."""
