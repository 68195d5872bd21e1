"""The screens that there are, by the label of their model; filled at start.

A module of its own, so that a model may look a column up: what makes screens can only
be imported once the models are there.
"""

from toolkit.registry import Registry

screens = Registry("screens")
