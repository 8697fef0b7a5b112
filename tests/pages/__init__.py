"""The site that tools/build_site.py builds."""
