"""Publishing: what a published folder holds, and how each part of it is made; `pipeline.publish` puts them together."""
