"""A made-up street, harder than any real one: phones, servers, every fault we know of; replayable from one number."""
