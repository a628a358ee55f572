"""kg: graphs of money and supply, built from documents and tables, every claim with its evidence."""
