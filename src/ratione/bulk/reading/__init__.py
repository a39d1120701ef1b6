"""From tables of complaints to dockets, with what had to be refused."""
