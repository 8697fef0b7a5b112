"""The pictures: of each, `begin` makes a state, `view` draws it, `update` gives the state after an event."""
