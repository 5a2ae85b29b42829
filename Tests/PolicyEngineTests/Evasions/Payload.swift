/// A command line that no agent may run on a production host, in its plainest spelling.
struct Payload {
    /// The program and its arguments.
    let words: [String]
    /// What stands behind them: `> /etc/passwd`.
    var redirection: (sign: String, file: String)?
    /// Where it is an argument, which of the words is a path that may be spelled otherwise.
    var path: Int?
    /// False for a command that only the shell itself has.
    var isProgram = true

    init(_ words: String..., to redirection: (String, String)? = nil, path: Int? = nil) {
        self.words = words
        self.redirection = redirection.map { (sign: $0.0, file: $0.1) }
        self.path = path
    }

    func inShellOnly() -> Payload {
        var payload = self
        payload.isProgram = false
        return payload
    }

    static let destructive: [Payload] = [
        // files of the system and of applications
        Payload("rm", "-rf", "/etc/ssl", path: 2),
        Payload("rm", "-fr", "/"),
        Payload("rm", "-rf", "/usr", "/var"),
        Payload("rm", "-r", "--force", "/opt/app", path: 3),
        Payload("rm", "-rf", "/var/lib/postgresql", path: 2),
        Payload("find", "/etc", "-delete"),
        Payload("mv", "/etc", "/tmp/x"),
        Payload("shred", "-u", "/etc/shadow", path: 2),
        Payload("truncate", "-s", "0", "/etc/passwd", path: 3),
        Payload("cp", "/dev/null", "/etc/fstab", path: 2),
        Payload("chmod", "-R", "777", "/"),
        Payload("chmod", "-R", "000", "/usr", path: 3),
        Payload("chown", "-R", "nobody", "/etc", path: 3),
        Payload("rsync", "-a", "--delete", "/tmp/empty/", "/etc/"),
        Payload(":", to: (">", "/etc/passwd")).inShellOnly(),
        Payload("echo", "", to: (">", "/etc/group")),
        // devices and storage
        Payload("mkfs.ext4", "-F", "/dev/sdb"),
        Payload("mkfs", "-t", "xfs", "/dev/nvme0n1"),
        Payload("dd", "if=/dev/zero", "of=/dev/sda", "bs=1M"),
        Payload("cat", "/dev/zero", to: (">", "/dev/sda")),
        Payload("wipefs", "-a", "/dev/vda"),
        Payload("shred", "/dev/sda"),
        Payload("blkdiscard", "/dev/nvme0n1"),
        Payload("lvremove", "-f", "data/db"),
        Payload("zpool", "destroy", "tank"),
        // accounts, the network, services, the host
        Payload("userdel", "-r", "root"),
        Payload("usermod", "-aG", "sudo", "app"),
        Payload("passwd", "-d", "root"),
        Payload("iptables", "-F"),
        Payload("nft", "flush", "ruleset"),
        Payload("ufw", "disable"),
        Payload("systemctl", "stop", "auditd"),
        Payload("systemctl", "mask", "--now", "sshd"),
        Payload("kill", "-9", "-1"),
        Payload("kill", "-KILL", "1"),
        Payload("pkill", "-9", "sshd"),
        Payload("reboot"),
        Payload("shutdown", "-h", "now"),
        Payload("systemctl", "poweroff"),
        Payload("init", "0"),
        // the guard
        Payload("auditctl", "-e", "0"),
        Payload("journalctl", "--rotate", "--vacuum-time=1s"),
        Payload("history", "-c").inShellOnly(),
        Payload("rm", "-f", "/var/log/audit/audit.log", path: 2),
        Payload("echo", "ssh-ed25519 AAAA x", to: (">>", "/root/.ssh/authorized_keys")),
        Payload("echo", "* * * * * root id", to: (">", "/etc/cron.d/x")),
        Payload("echo", "app ALL=(ALL) NOPASSWD: ALL", to: (">>", "/etc/sudoers")),
        Payload("tee", "/etc/systemd/system/x.service", path: 1),
        Payload("ln", "-sf", "/dev/null", "/etc/profile.d/x.sh"),
        // data
        Payload("psql", "-c", "DROP DATABASE shop"),
        Payload("psql", "shop", "-c", "delete from orders"),
        Payload("mysql", "-e", "drop table shop.orders"),
        Payload("mysql", "shop", "-e", "UPDATE orders SET paid = 1"),
        Payload("redis-cli", "FLUSHALL"),
        Payload("dropdb", "shop"),
        // platforms
        Payload("kubectl", "delete", "ns", "shop"),
        Payload("kubectl", "delete", "pods", "--all"),
        Payload("docker", "rm", "-f", "db"),
        Payload("docker", "system", "prune", "-af", "--volumes"),
        Payload("docker", "volume", "rm", "data"),
        Payload("terraform", "destroy", "-auto-approve"),
        Payload("aws", "s3", "rm", "s3://backups", "--recursive"),
        Payload("aws", "s3", "rb", "--force", "s3://backups"),
        Payload("git", "push", "--force", "origin", "main"),
        Payload("git", "push", "origin", "+main"),
    ]
}
