#define SSH_SUPPRESS_DEPRECATED 1
#include <libssh/libssh.h>
#include <libssh/server.h>
#include <libssh/callbacks.h>
