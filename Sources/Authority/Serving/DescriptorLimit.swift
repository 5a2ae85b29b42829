import Glibc

/// How many descriptors the system allows us.
enum DescriptorLimit {
    static func current() -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return 1024
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// Asks for as many as are allowed without privileges.
    static func raise() {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard unsafe getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        // What is refused is not needed: admission goes by what there is.
        _ = unsafe setrlimit(resource, &limit)
    }
}
