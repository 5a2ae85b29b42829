import ShellSyntax

/// Lines of the tables of mounts and of disks with a key that run nothing, destroy nothing and hide
/// nothing that the host starts or lets in by.
///
/// What is mounted hides what was there: a line for such a place is as good as writing there.
enum PlainMounts {
    typealias Words = [ArraySlice<UInt8>]

    /// Whether a line of fstab(5) is such; its letters are small ones.
    static func isMount(_ words: Words, _ knowledge: KnowledgeBase) -> Bool {
        guard (3...6).contains(words.count), !words.contains(where: { $0.contains(0x23) }) else {
            return false
        }
        let type = ShellText(Array(words[2]))
        let options = words.options(at: 3)
        guard options.allSatisfy({ !$0.runsOrMakes }) else { return false }
        if type == "swap" { return ["none", "swap"].contains(ShellText(Array(words[1]))) }
        guard types.contains(type) || type == "none" && options.contains(where: \.isBind),
            words[1].first == UInt8(ascii: "/")
        else { return false }
        let place = AbstractPath(AbstractText(ShellText(Array(words[1]))), relativeTo: .unknown)
        guard let name = place.literal else { return false }
        if ownPlaces[type]?.contains(name) == true { return true }
        if words[0].isDisk, disks.contains(name) { return true }
        return !place.mayHoldEntries(knowledge)
    }

    /// Whether a line of crypttab(5) is such.
    static func isVolume(_ words: Words) -> Bool {
        guard (2...5).contains(words.count) else { return false }
        // Under a key of chance nobody reads again what was on the disk.
        if words.count > 2, words[2].suffix(6).elementsEqual("random".utf8) { return false }
        return words.options(at: 3).allSatisfy { option in
            let name = option.prefix { $0 != UInt8(ascii: "=") }
            return !makers.contains(ShellText(Array(name)))
                && !option.dropFirst(name.count).starts(with: "=/".utf8)
        }
    }

    /// Those that a program of this name mounts at most, and that program runs no other.
    private static let types: Set<ShellText> = [
        "9p", "auto", "bcachefs", "btrfs", "ceph", "cgroup2", "cifs", "davfs", "debugfs",
        "devpts", "ecryptfs", "efivarfs", "exfat", "ext2", "ext3", "ext4", "f2fs", "gfs2",
        "glusterfs", "hfsplus", "hugetlbfs", "iso9660", "jfs", "lustre", "msdos", "nfs", "nfs3",
        "nfs4", "nilfs2", "ntfs", "ntfs-3g", "ntfs3", "ocfs2", "overlay", "proc", "ramfs",
        "reiserfs", "smb3", "squashfs", "sysfs", "tmpfs", "udf", "vboxsf", "vfat", "virtiofs",
        "xfs", "zfs",
    ]

    /// Where these are mounted on every host.
    private static let ownPlaces: [ShellText: [ShellText]] = [
        "tmpfs": ["/dev/shm", "/run/shm"],
        "proc": ["/proc"],
        "sysfs": ["/sys"],
        "devpts": ["/dev/pts"],
        "hugetlbfs": ["/dev/hugepages"],
        "cgroup2": ["/sys/fs/cgroup"],
        "debugfs": ["/sys/kernel/debug"],
        "efivarfs": ["/sys/firmware/efi/efivars"],
    ]

    /// What often has a disk of its own.
    private static let disks: Set<ShellText> = [
        "/boot", "/boot/efi", "/efi", "/var", "/var/log", "/var/log/audit",
    ]

    /// What is done to a disk before it is opened, or to know the key.
    private static let makers: Set<ShellText> = ["swap", "tmp", "keyscript"]
}

extension PlainMounts.Words {
    fileprivate func options(at index: Int) -> [ArraySlice<UInt8>] {
        index < count ? self[index].split(separator: UInt8(ascii: ",")) : []
    }
}

extension ArraySlice<UInt8> {
    fileprivate var isBind: Bool { elementsEqual("bind".utf8) || elementsEqual("rbind".utf8) }

    /// Whether a program is named, or a file system is made where there is none.
    fileprivate var runsOrMakes: Bool {
        let name = Array(prefix { $0 != UInt8(ascii: "=") })
        return name.holds("command") || name.holds("helper") || name.holds("program")
            || name.holds("makefs")
    }

    /// Whether it names a disk, and nothing that somebody else may have made.
    fileprivate var isDisk: Bool {
        let tags = ["uuid=", "label=", "partuuid=", "partlabel=", "id="]
        if tags.contains(where: { starts(with: $0.utf8) }) { return true }
        let others = ["/dev/shm", "/dev/fd", "/dev/std", "/dev/loop", "/dev/null", "/dev/zero"]
        return starts(with: "/dev/".utf8) && !Array(self).holds("..")
            && !others.contains { starts(with: $0.utf8) }
    }
}

extension AbstractPath {
    /// Whether the host keeps there what it starts, or what says who gets in, or records who was.
    fileprivate func mayHoldEntries(_ knowledge: KnowledgeBase) -> Bool {
        guard let first = components.first?.literal, !Self.ofSystem.contains(first) else {
            return true
        }
        let names = components.map(\.literal)
        if first == "var", names.count == 1 || !Self.belowVar.contains(names[1] ?? "") {
            return true
        }
        if first == "var", names.count > 2, names[1] == "lib",
            Self.belowVarLib.contains(names[2] ?? "")
        {
            return true
        }
        let isObeyed = names.contains { name in
            name == "bin" || name == "sbin" || name?.utf8.first == UInt8(ascii: ".")
        }
        if isObeyed { return true }
        return knowledge.classes(of: PathForm(self, recursive: true), forReading: false).contains {
            $0.match == .yes && ($0.kind == .guard || $0.kind == .audit || $0.kind == .schedule)
        }
    }

    private static let ofSystem: Set<ShellText> = [
        "bin", "boot", "dev", "efi", "etc", "lib", "lib32", "lib64", "libx32", "proc", "root",
        "run", "sbin", "sys", "usr",
    ]

    private static let belowVarLib: Set<ShellText> = [
        "cloud", "dpkg", "pacman", "pam", "polkit-1", "rpm", "sudo", "systemd", "sss",
    ]

    private static let belowVar: Set<ShellText> = [
        "backup", "backups", "cache", "lib", "local", "mail", "opt", "tmp", "www",
    ]
}
