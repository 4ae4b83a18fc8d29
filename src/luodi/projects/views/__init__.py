"""The pages of projects and of batches."""
