#pragma once

// What the kernel is asked to know how things are.

/// 1 where somebody keeps the clock right (NTP), 0 where nobody does, -1 with errno.
int sp_clock_is_synchronised(void);

/// How many bytes a socket still has for its peer: not acknowledged by TCP, or not taken by the
/// receiver of a Unix datagram socket. -1 with errno.
int sp_unsent_bytes(int socket);

/// Opens a file in a folder that has no name and is gone when it is closed. -1 with errno.
int sp_open_unnamed(const char *folder);
