"""Talks: the menu, lecturers and teams, orders, the plan without clashes, the register of what was held and delivered."""
