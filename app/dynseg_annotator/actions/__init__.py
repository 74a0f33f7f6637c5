"""What a user can do: one table for menus, keys and help."""
