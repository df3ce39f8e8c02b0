"""One module for each group of pages: a request in, plain values to ``answers`` out."""
