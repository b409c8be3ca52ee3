"""What people read: letters and plans."""
