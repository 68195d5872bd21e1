"""Publication of the affairs of communities: what is owed by when, how it stands."""
