"""The suggested policy in the forms people work with, a module a form."""
