"""How long records are kept, and their end: classes of records, the command that erases what is older."""
