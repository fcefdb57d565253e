"""From YAML text to a tree in which every key and every value knows its place.

The part of the room that knows YAML and what people take for YAML. It types values by their
text alone and knows nothing of policies. `document` is its table of contents.
"""
