"""Ways in and out: command line, HTTP, reports and pictures."""
