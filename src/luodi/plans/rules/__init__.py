"""What follows from states and the pack: lights, the rhythm, the next stage, differences."""
