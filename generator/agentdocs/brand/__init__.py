"""How a provider looks: the colours of the theme, its own pictures and typeface, and the marks drawn from its name."""
