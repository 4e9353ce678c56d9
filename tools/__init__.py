"""What builds and checks Sifang, and is not part of it when it runs."""
