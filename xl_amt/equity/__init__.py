"""Stock options: grants as exports describe them."""
