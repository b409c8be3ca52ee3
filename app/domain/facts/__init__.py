"""The facts: one frozen picture of one case, complete, with no default on any field.

`case` is the case, with `consent`, `meeting`, `summons` and `plan` in it; `letter` is the letter about to be
issued; `at_hand` has what each step is about; `basics` the words they are all made of.
"""
