"""Pages of the library: staff below /desk/policy/, everybody below /policy/."""
