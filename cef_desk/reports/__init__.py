"""What is printed: figures -> PDF."""
