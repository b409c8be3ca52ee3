"""Tables and queries; one file per aggregate."""
