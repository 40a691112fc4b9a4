"""The files that ``naysay init`` writes."""
