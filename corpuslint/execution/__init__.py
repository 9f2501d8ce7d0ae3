"""Ways to run tasks: serial, processes, Ray. Knows no rule and no document."""
