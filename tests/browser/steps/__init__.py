"""What people do in the journeys, by the page on which they do it."""
