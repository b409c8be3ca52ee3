"""Flerpart: the shared back end for flerpartssamverkan, on which the agreement itself runs."""
