"""What a line of a form can be: a float, an array, or a function of an unknown; and the words of forms."""
