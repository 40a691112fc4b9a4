"""naysay finds where a documentation set contradicts itself."""

__version__ = "0.1.0"
