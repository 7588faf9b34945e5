"""What is due and not yet done, asked through an index: a missed or a doubled run does no harm, and nothing starves.

`ladder` warns and escalates, `timers` lets windows run out, `recounting` follows a corrected calendar, `pulse` holds
everything while the machine's clock cannot be trusted.
"""
