"""kg: graphs of money and supply from documents and tables, every claim with its evidence."""
