"""Pages for those who work on appeals: sign in, the tray, one appeal on one screen, and a page for every step."""
