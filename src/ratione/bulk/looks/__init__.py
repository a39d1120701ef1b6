"""A look at a batch: all that is compiled for one day of asking, applied to all rows."""
