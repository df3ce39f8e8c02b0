"""What a PDF holds: characters with boxes, and pictures of its pages."""
