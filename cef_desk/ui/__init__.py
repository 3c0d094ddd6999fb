"""What is touched: pages, forms, and the kit every page is made of."""
