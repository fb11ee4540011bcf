"""Minnesota: Form M1 to its tax, Schedule M1SA, the minimum tax of Schedule M1MT, and the credit of Schedule M1MTC."""
