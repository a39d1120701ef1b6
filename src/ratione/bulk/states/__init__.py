"""What rules say of a State on each day, and the days on which that changes."""
