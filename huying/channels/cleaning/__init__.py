"""Strangers' files are opened here only, in a child process with little memory, little time and nothing to steal.

Each cleaner takes the bytes of a file and gives new bytes that hold what a person sees or hears, and nothing else:
no place, no owner, no preview, no text between the parts, nothing appended.
"""
