"""Programs that others wrote, started for a test in a folder of their own."""
