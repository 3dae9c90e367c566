"""A configured study: configuration, inputs before any job, the grid of definitions and resolutions, jobs.

Here belongs what the workflow asks for; numbers come from :mod:`mrio.equations`, what people read from
:mod:`mrio.outputs`.
"""
