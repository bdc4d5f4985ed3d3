"""dwtui: bring your own S3 buckets to a research data platform."""

__version__ = "0.1.0"
