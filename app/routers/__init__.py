"""HTTP: one file per resource; path and body become values, one service call, the shape of the answer."""
