"""Documents as files for other programs: an fsspec filesystem and a Django storage, both through the API."""
