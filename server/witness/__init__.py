"""A witness on another machine: it sees each checkpoint go on from the last, and cosigns it (C2SP tlog-cosignature).

Nothing of an installation is needed here: no database, no journal, none of its keys.
"""
