"""The add-in for Excel on Windows: ``xl_amt.xlam``, how it is built, installed and looked after.

``modules`` holds its VBA, less what ``vba`` writes from the registry; ``build`` makes the file of the two; ``serve``
and ``commands`` are what its Python process runs.
"""
