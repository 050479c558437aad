### The switch for single keys on the expert's pages.

on = Single keys: on
off = Single keys: off
