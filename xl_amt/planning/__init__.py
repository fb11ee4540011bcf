"""What can be planned on the forms: the room, and shares within it."""
