"""Words: what the engine found, said to people. Message ids become sentences here and nowhere else."""
