"""What a paper is made of: its snapshot, its lines, its comparison, its numbers and signers."""
