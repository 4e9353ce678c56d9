"""What the commonest jobs cost the person who does them: taps, keystrokes, questions and waiting (`make burden`)."""
