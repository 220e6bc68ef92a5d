"""The pages of this room: the office, the desk, the leader, the register; and the residents' roster and bookings."""
