"""CEF Desk: people accompanied to a job, and the companies that hire them."""

__version__ = "0.1.0"
