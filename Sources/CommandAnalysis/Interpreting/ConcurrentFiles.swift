/// Which files are read and written at the same time, so that nobody knows what a reader finds.
///
/// What runs beside something else on the line has a number: each command of a pipeline, each job in
/// the background, each program that something starts and does not wait for. The line itself is 0,
/// and whatever the line does before it starts one has happened by then.
final class ConcurrentFiles {
    private struct Access {
        let path: AbstractPath
        var isBelow = false
        let activity: Int
    }

    private struct Activity {
        /// Which one started it.
        let parent: Int
        /// Whether it goes on when the pipeline has ended.
        let lasts: Bool
    }

    /// From 1 on.
    private var activities: [Activity] = []
    private var reads: [Access] = []
    private var writes: [Access] = []

    // LIMIT: files that are read or written beside something else and are told apart.
    static let maximum = 512

    /// The number of the next one that starts.
    var next: Int { activities.count + 1 }

    func start(from parent: Int, lasts: Bool) -> Int {
        activities.append(Activity(parent: parent, lasts: lasts))
        return activities.count
    }

    /// Ends those that were started since, but for the jobs that go on.
    func end(since first: Int) {
        let hasEnded = { (access: Access) in
            access.activity >= first && !self.goesOn(access.activity, since: first)
        }
        if !reads.isEmpty { reads.removeAll(where: hasEnded) }
        if !writes.isEmpty { writes.removeAll(where: hasEnded) }
    }

    /// Notes that what is in a file is used.
    ///
    /// - Returns: Whether something writes it that runs at the same time.
    func read(_ path: AbstractPath, by activity: Int) -> Bool {
        if activity != 0, reads.count < Self.maximum {
            reads.append(Access(path: path, activity: activity))
        }
        return writes.count >= Self.maximum
            || writes.contains { write in
                !comes(write.activity, before: activity)
                    && path.mayBe(write.path, below: write.isBelow)
            }
    }

    /// Notes that a file is written.
    ///
    /// - Returns: Whether something uses what is in it that runs at the same time.
    func write(_ path: AbstractPath, isBelow: Bool, by activity: Int) -> Bool {
        if activity != 0, writes.count < Self.maximum {
            writes.append(Access(path: path, isBelow: isBelow, activity: activity))
        }
        return reads.count >= Self.maximum
            || reads.contains { read in
                !comes(read.activity, before: activity) && read.path.mayBe(path, below: isBelow)
            }
    }

    /// Whether all that one did so far has happened when the other does something: it is the same one,
    /// or has started it.
    private func comes(_ one: Int, before other: Int) -> Bool {
        var ancestor = other
        while ancestor > one { ancestor = activities[ancestor - 1].parent }
        return ancestor == one
    }

    private func goesOn(_ activity: Int, since first: Int) -> Bool {
        var ancestor = activity
        while ancestor >= first {
            if activities[ancestor - 1].lasts { return true }
            ancestor = activities[ancestor - 1].parent
        }
        return false
    }
}
