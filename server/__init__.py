"""The lightweight server: pages for the desk, the exchange for phones, one journal for everything."""
