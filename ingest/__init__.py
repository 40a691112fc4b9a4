"""Reading: files, Markdown, claims, entities and links."""
