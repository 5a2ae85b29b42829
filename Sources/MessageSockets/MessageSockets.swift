// MessageSockets
