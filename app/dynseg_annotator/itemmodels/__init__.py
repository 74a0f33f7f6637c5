"""Lists for Qt's views."""
