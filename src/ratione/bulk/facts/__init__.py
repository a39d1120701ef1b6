"""What complaints say, as small numbers: words, days, procedures elsewhere, and what rights come to."""
