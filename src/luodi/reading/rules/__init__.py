"""What is pure in the reading room: commitments as cards, the source as paragraphs."""
