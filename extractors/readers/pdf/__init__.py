"""PDF files: text layers, and the glyphs where no layer can be trusted."""
