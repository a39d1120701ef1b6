"""How a docket becomes rows: cases, acts, terms, spans and slots, with what rules read of them."""
