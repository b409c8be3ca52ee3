"""The play: four authorities take one invented person
through the whole routine, over HTTP, as anybody could.
"""
