"""Where the work of ``newsmine.pipeline`` runs: ``local`` is several processes of this machine.

Each engine gives the same rows in the same order as ``newsmine.pipeline.Here``, which runs it in
this process.
"""
