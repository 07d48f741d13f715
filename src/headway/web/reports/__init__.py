"""Reports that stand on their own: one file each, with styles and drawings inside, and no script."""
