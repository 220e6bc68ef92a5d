"""The portal's rules, pure: the order of the questions, who may press how often, and the map's geometry."""
