"""Charts as plain SVG, drawn by nothing but the standard library; they know no tax."""
