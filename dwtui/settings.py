"""Profiles, tokens and preferences of the person who runs dwtui."""
