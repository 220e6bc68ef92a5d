"""Forms of the room: planning, recording, the menu, orders."""
