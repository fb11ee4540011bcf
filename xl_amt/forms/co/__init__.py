"""Colorado: Form DR 0104 to its normal tax, the minimum tax of Form DR 0104AMT, and the minimum tax credit."""
