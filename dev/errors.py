"""What a person at the keyboard can put right, said in one sentence and without a traceback."""


class DevelopmentError(Exception):
    """The development tools cannot go on; the message says why and what helps."""
