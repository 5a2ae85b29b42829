import CLibSSH

/// How often a peer asked for agent forwarding, which libssh refuses by itself.
///
/// libssh has a callback for the request and takes its existence for a grant, and nothing else tells
/// of it but its log. So the log is read, on the thread that installs this, for that one line.
@safe
package final class AgentRequests {
    private var count = 0

    package init() {}

    deinit { remove() }

    /// Counts on the calling thread, until `remove` or the end of this object.
    package func install() {
        // SAFETY: libssh calls back on this thread only, and `remove` comes before `self` goes.
        unsafe _ = ssh_set_log_userdata(Unmanaged.passUnretained(self).toOpaque())
        unsafe _ = ssh_set_log_callback { _, function, line, owner in
            guard let owner = unsafe owner, let function = unsafe function, let line = unsafe line,
                unsafe String(cString: function) == "channel_rcv_request",
                unsafe String(cString: line).contains("auth-agent-req")
            else { return }
            unsafe Unmanaged<AgentRequests>.fromOpaque(owner).takeUnretainedValue().count += 1
        }
        // The level of that line. What is said for each packet is above it and costs nothing.
        ssh_set_log_level(CInt(SSH_LOG_PROTOCOL))
    }

    package func remove() {
        ssh_set_log_level(CInt(SSH_LOG_NOLOG))
        _ = ssh_set_log_userdata(nil)
    }

    /// The requests since the last call.
    package func take() -> Int {
        defer { count = 0 }
        return count
    }
}
