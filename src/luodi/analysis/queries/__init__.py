"""Reading figures across units and periods, within the viewer's scope."""
