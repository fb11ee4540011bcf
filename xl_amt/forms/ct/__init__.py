"""Connecticut: Form CT-1040 to its income tax, the minimum tax of Form CT-6251, and the credit of Form CT-8801."""
