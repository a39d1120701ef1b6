"""Rules on whole columns, and all that is compiled of them and of the tables of law for one day of asking."""
