"""LibreOffice Calc: an extension made from the registry, with the engine inside it, and its installation."""
