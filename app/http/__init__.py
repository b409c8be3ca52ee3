"""The HTTP frame: what holds for every request before and after its route; knows errors and no business."""
