"""The themes: a dark, a light and a high-contrast one, and two in the terminal's own sixteen colours."""

from textual.theme import Theme

NIGHT = Theme(
    name="night",
    primary="#6CA4D9",
    secondary="#7C8DA5",
    accent="#86B7DF",
    warning="#E0B25E",
    error="#E07A72",
    success="#7FBF8A",
    foreground="#D5DAE1",
    background="#15191F",
    surface="#1D232B",
    panel="#1D232B",
    dark=True,
    variables={
        "block-cursor-background": "#2F4A66",
        "block-cursor-foreground": "#F2F5F8",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#242C36",
        "text-success": "#7FBF8A",
        "text-warning": "#E0B25E",
        "text-error": "#E8857D",
        "foreground-muted": "#8792A2",
        "scrollbar": "#364150",
        "scrollbar-background": "#15191F",
        "scrollbar-corner-color": "#15191F",
    },
)

DAY = Theme(
    name="day",
    primary="#1F5F99",
    secondary="#566375",
    accent="#1F5F99",
    warning="#8A5A00",
    error="#B3261E",
    success="#1E6B34",
    foreground="#1F2730",
    background="#FAFBFC",
    surface="#EDF0F3",
    panel="#E6EAEE",
    dark=False,
    variables={
        "block-cursor-background": "#CFE0F0",
        "block-cursor-foreground": "#10202F",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#E6EAEE",
        "text-success": "#1E6B34",
        "text-warning": "#8A5A00",
        "text-error": "#B3261E",
        "foreground-muted": "#5D6978",
        "scrollbar": "#BAC4CF",
        "scrollbar-background": "#FAFBFC",
        "scrollbar-corner-color": "#FAFBFC",
    },
)

CONTRAST = Theme(
    name="contrast",
    primary="#66C2FF",
    secondary="#FFFFFF",
    accent="#FFD75F",
    warning="#FFD75F",
    error="#FF8080",
    success="#7CFF9B",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#1A1A1A",
    dark=True,
    variables={
        "block-cursor-background": "#004A80",
        "block-cursor-foreground": "#FFFFFF",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#333333",
        "text-success": "#7CFF9B",
        "text-warning": "#FFD75F",
        "text-error": "#FF8080",
        "foreground-muted": "#D0D0D0",
    },
)


def _terminal(name: str, dark: bool) -> Theme:
    return Theme(
        name=name,
        ansi=True,
        primary="ansi_blue",
        secondary="ansi_cyan",
        warning="ansi_yellow",
        error="ansi_red",
        success="ansi_green",
        accent="ansi_cyan",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        dark=dark,
        variables={
            "ansi-background": "ansi_black" if dark else "ansi_white",
            "ansi-foreground": "ansi_white" if dark else "ansi_black",
            "border": "ansi_blue",
            "border-blurred": "ansi_bright_black",
            "block-cursor-foreground": "ansi_black" if dark else "ansi_bright_white",
            "block-cursor-background": "ansi_cyan" if dark else "ansi_blue",
            "input-cursor-background": "ansi_default",
            "input-cursor-foreground": "ansi_default",
            "input-cursor-text-style": "reverse",
            "input-selection-background": "ansi_blue",
            "input-selection-foreground": "ansi_bright_white",
            "screen-selection-background": "ansi_blue",
            "screen-selection-foreground": "ansi_bright_white",
            "scrollbar": "ansi_bright_black",
            "scrollbar-hover": "ansi_bright_black",
            "scrollbar-active": "ansi_bright_black",
            "scrollbar-background": "ansi_default",
            "scrollbar-background-hover": "ansi_default",
            "scrollbar-background-active": "ansi_default",
            "scrollbar-corner-color": "ansi_default",
        },
    )


TERMINAL = _terminal("terminal", dark=True)
TERMINAL_LIGHT = _terminal("terminal-light", dark=False)

THEMES = {
    theme.name: (theme, words)
    for theme, words in (
        (NIGHT, "Dark and calm"),
        (DAY, "Light"),
        (CONTRAST, "White on black"),
        (TERMINAL, "Your terminal's own colours, on a dark background; the fewest bytes"),
        (TERMINAL_LIGHT, "Your terminal's own colours, on a light background"),
    )
}


def theme_to_begin_with(wanted: str | None, *, over_ssh: bool, no_color: bool) -> Theme:
    """The theme asked for; otherwise the terminal's own colours where bytes count or colours are not wanted."""
    if wanted in THEMES:
        return THEMES[wanted][0]
    return TERMINAL if over_ssh or no_color else NIGHT
