"""The journal's proof: how chains are hashed, what a root says, and what shows that one was rewritten.

Pure functions: the same sums the database makes when it links an entry, made again outside it.
"""
