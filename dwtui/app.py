"""The Textual application: session, navigation, theme, palette."""
