/// What a command does to the world, as rules speak of it.
///
/// The list is closed: a program that does something else is `programUnknown`. Every program that
/// runs does at least one of these.
public enum Action: String, Hashable, Sendable, CaseIterable {
    // The host
    /// Computes, or reads the state of the host: time, load, processes, disks, units, journal.
    case systemRead = "system.read"
    case fileRead = "file.read"
    case fileWrite = "file.write"
    case fileDelete = "file.delete"
    /// Mode, owner, access lists, attributes, capabilities.
    case filePermission = "file.permission"
    /// Bytes of a block device, a file system or partition table made on one.
    case deviceWrite = "device.write"
    /// Volumes, arrays, pools, mounts, swap, quotas: anything that can be undone.
    case storageChange = "storage.change"
    /// A volume, array, pool, dataset or key slot is gone for good.
    case storageDestroy = "storage.destroy"
    case processSignal = "process.signal"
    case serviceControl = "service.control"
    case hostPower = "host.power"
    /// Name, clock, locale, console, boot entries of the host.
    case hostConfigure = "host.configure"
    case packageChange = "package.change"
    case accountChange = "account.change"
    case privilegeElevate = "privilege.elevate"
    case scheduleChange = "schedule.change"
    /// Modules, parameters, `/proc/sys`, tracing.
    case kernelChange = "kernel.change"
    case messageSend = "message.send"

    // The network
    case networkConnect = "network.connect"
    case networkListen = "network.listen"
    /// Addresses, routes, links, resolvers.
    case networkConfigure = "network.configure"
    case networkFirewall = "network.firewall"

    // The guard
    case auditTamper = "audit.tamper"
    /// Authorized keys, start-up files, units, cron, sudoers, directories of PATH.
    case guardEscape = "guard.escape"
    /// The program reads commands from a terminal.
    case terminalInteractive = "terminal.interactive"
    case secretRead = "secret.read"

    // Data
    case databaseRead = "database.read"
    case databaseWrite = "database.write"
    case databaseSchema = "database.schema"
    /// Roles, privileges, settings, other sessions.
    case databaseAdminister = "database.administer"
    case backupCreate = "backup.create"
    case backupRestore = "backup.restore"
    case backupDelete = "backup.delete"

    // Platforms
    case containerRead = "container.read"
    case containerChange = "container.change"
    case containerDelete = "container.delete"
    case containerExecute = "container.execute"
    case clusterRead = "cluster.read"
    case clusterChange = "cluster.change"
    case clusterDelete = "cluster.delete"
    case clusterExecute = "cluster.execute"
    case cloudRead = "cloud.read"
    case cloudChange = "cloud.change"
    case cloudDelete = "cloud.delete"
    case cloudExecute = "cloud.execute"

    // Development
    case repositoryRead = "repository.read"
    case repositoryWrite = "repository.write"
    /// What goes to another repository.
    case repositoryPush = "repository.push"
    /// Builds, tests or checks the project in the working tree, or fetches what it declares to need.
    case projectBuild = "project.build"

    // What cannot be told
    /// An interpreter with code that cannot be read, or a program that is not an installed one.
    case codeRun = "code.run"
    case programUnknown = "program.unknown"
    /// The program's name, or text that a shell will read, is not known before it runs.
    case commandDynamic = "command.dynamic"
    /// Characters that look like others, or cannot be seen.
    case commandDeceptive = "command.deceptive"

    /// Its place in `allCases`.
    @inlinable public var number: Int { Int(unsafe unsafeBitCast(self, to: UInt8.self)) }

    /// By its number, where that of its raw value would hash a string.
    public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
