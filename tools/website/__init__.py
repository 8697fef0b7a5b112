"""What tools/build_site.py is made of: pages of notebooks, a start page, and Python for the browser beside them."""
