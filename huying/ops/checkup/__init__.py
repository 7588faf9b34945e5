"""What `huying doctor` looks at: the machine, the settings, the database, and the work that must not stand still."""
