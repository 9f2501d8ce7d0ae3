"""From paths to a report: planning, sharding, caching and gathering, on any executor."""
