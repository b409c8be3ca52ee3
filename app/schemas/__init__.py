"""The shapes of requests and answers, camelCase on the wire."""
