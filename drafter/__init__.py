"""drafter: outlines of official speeches, filled into Word documents set by GB/T 9704—2012."""

__version__ = "0.9.0"
