"""Makes the typed client from the contract and the operations. For developers only."""
