"""Asking: aspects, the comparability gate, rules, conflicts and questions."""
