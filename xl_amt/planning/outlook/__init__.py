"""What the value may do: every strategy of the plan along many paths of the share's value, by the forms."""
