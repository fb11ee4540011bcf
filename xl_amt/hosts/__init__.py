"""The places where the worksheet functions live: thin adapters, made from the registry.

An adapter hands a host's cell values to ``xl_amt.worksheet`` and the answers back, and knows no tax.
"""
