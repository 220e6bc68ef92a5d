"""Policy talks (宣讲): each folder is a room of its own; together they stand alone above matters."""
