"""The claim graph: values, vocabulary, encoding and store."""
