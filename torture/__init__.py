"""Kills and full disks for real: a server process, a browser, two databases; what was acknowledged must survive."""
