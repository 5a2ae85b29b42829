import CommandAnalysis
import ShellSyntax
import Testing

@testable import PolicyEngine

// Packages, git, accounts, the network, services, databases, storage and what builds.

extension `the knowledge that is shipped` {
    @Test(arguments: dataLines)
    func `says of data and administration what a line does`(_ line: String, _ expected: [String])
        throws
    {
        let base = try #require(Self.base)
        let request = AnalysisRequest(login: "deploy", input: .nothing)
        let analysis = Interpreter.analyze(Array(line.utf8), for: request, with: base)
        #expect(analysis.failure == nil)
        #expect(Set(analysis.actions.map(\.shown)) == Set(expected))
    }

    /// In pairs: what does more, and its nearest neighbour that does less.
    private static let dataLines: [(String, [String])] = [
        // packages
        (
            "apt-get -o Dpkg::Options::=--force-confold install a",
            ["package.change package=a verb=install"]
        ),
        (
            "apt-get -o Dpkg::Options::=--pre-invoke=b install a",
            ["package.change package=a verb=install", "code.run verb=install"]
        ),
        ("apt-get -s install a", ["system.read"]),
        ("pip install -e .", ["project.build verb=install"]),
        ("pip install -e git+https://b/a", ["package.change verb=install"]),
        (
            "pip install -r requirements.txt",
            ["file.read ./requirements.txt", "project.build verb=install"]
        ),
        ("pip install a", ["package.change package=a verb=install"]),
        ("npm run build", ["project.build verb=run build"]),
        ("npm run deploy", ["code.run verb=run deploy"]),
        ("npm install", ["project.build verb=install"]),
        ("npm install a", ["package.change package=a verb=install"]),
        // dry runs
        ("rsync -n -e 'sh -c reboot' a h:b", ["host.power verb=reboot"]),
        ("rsync -n -e ssh a h:b", ["system.read"]),
        ("git push -n --receive-pack=reboot origin", ["host.power verb=reboot"]),
        ("git push -n origin", ["system.read"]),
        // git
        (
            "git push origin +main",
            [
                "repository.push verb=push branch=+main remote=origin",
                "repository.push verb=push branch=+main remote=origin force",
            ]
        ),
        ("git push origin main", ["repository.push verb=push branch=main remote=origin"]),
        ("git branch -D a", ["repository.write verb=delete branch=a force ."]),
        ("git branch --list", ["repository.read verb=branch"]),
        // accounts and the network
        (
            "useradd -o -u 0 a",
            ["account.change account=a verb=create", "guard.escape verb=superuser"]
        ),
        ("useradd -u 1000 a", ["account.change account=a verb=create"]),
        ("usermod -aG a b", ["account.change account=b group=a verb=modify"]),
        ("ip addr", ["system.read verb=addr"]),
        ("ip addr add 10.0.0.1/8 dev a", ["network.configure verb=add"]),
        (
            "ssh -o ProxyCommand=a b ls",
            ["network.connect host=b", "code.run", "program.unknown", "system.read"]
        ),
        ("ssh -o BatchMode=yes b ls", ["network.connect host=b", "system.read"]),
        (
            "rsync -a --delete a/ b/",
            ["file.read ./a recursive", "file.delete ./b recursive", "file.write ./b recursive"]
        ),
        ("rsync -an --delete a/ b/", ["system.read"]),
        (
            "ssh-copy-id a",
            ["network.connect host=a", "guard.escape ~/.ssh/authorized_keys verb=authorize"]
        ),
        ("ssh-keyscan a", ["network.connect host=a"]),
        // the firewall and services
        (
            "iptables -A INPUT -j ACCEPT",
            [
                "network.firewall verb=add name=INPUT",
                "network.firewall verb=accept-all name=INPUT all",
            ]
        ),
        ("iptables -A INPUT -p tcp --dport 22 -j ACCEPT", ["network.firewall verb=add name=INPUT"]),
        ("iptables -F", ["network.firewall verb=flush all"]),
        ("iptables -F A", ["network.firewall verb=empty-chain"]),
        ("nft list ruleset", ["system.read verb=list"]),
        ("nft flush ruleset", ["network.firewall verb=empty", "network.firewall verb=flush all"]),
        ("nginx -t", ["system.read"]),
        ("nginx -s stop", ["service.control unit=nginx verb=stop"]),
        ("service a status", ["system.read verb=status"]),
        ("service status restart", ["service.control unit=status verb=restart"]),
        ("auditctl -e 0", ["audit.tamper verb=disable"]),
        ("auditctl -l", ["system.read"]),
        // databases
        (
            "psql -o '|a' -c 'select 1'",
            [
                "database.read engine=postgresql statement=select",
                "database.read engine=postgresql",
                "code.run",
            ]
        ),
        (
            "psql -o a -c 'select 1'",
            [
                "file.write ./a",
                "database.read engine=postgresql statement=select",
                "database.read engine=postgresql",
            ]
        ),
        ("pg_dump -f a b", ["file.write ./a", "backup.create name=b"]),
        ("pg_restore -l a", ["file.read ./a"]),
        ("pg_restore -d b a", ["file.read ./a", "backup.restore name=b"]),
        ("dropdb a", ["database.schema engine=postgresql statement=drop object=a database=a"]),
        ("etcdctl del a", ["database.write engine=etcd statement=delete object=a bounded"]),
        ("etcdctl del a --from-key", ["database.write engine=etcd statement=delete object=a"]),
        // storage and backups
        ("lvremove a/b", ["storage.destroy name=a/b"]),
        ("lvs a/b", ["system.read"]),
        ("lvcreate -n a -L 1G b", ["storage.change name=a name=b verb=create"]),
        ("sgdisk -p /dev/sdb", ["system.read"]),
        ("sgdisk --zap-all /dev/sdb", ["device.write /dev/sdb"]),
        ("mkfs.xfs -N /dev/sdb", ["system.read"]),
        ("mkfs.xfs /dev/sdb", ["device.write /dev/sdb"]),
        ("zfs destroy a/b", ["storage.destroy name=a/b verb=destroy"]),
        ("zfs destroy a/b@c", ["storage.change name=a/b@c verb=destroy-snapshot"]),
        ("cryptsetup luksOpen /dev/sdb a", ["storage.change name=a verb=open"]),
        (
            "cryptsetup luksFormat /dev/sdb",
            ["device.write /dev/sdb", "storage.change verb=luksFormat"]
        ),
        ("restic forget --keep-last 5", ["backup.delete verb=forget"]),
        ("restic forget --unsafe-allow-remove-all", ["backup.delete verb=forget all"]),
        (
            "borg delete a",
            ["backup.delete name=a verb=delete", "backup.delete name=a verb=delete all"]
        ),
        ("borg delete a::b", ["backup.delete name=a::b verb=delete"]),
        // building and editing
        ("make install", ["project.build", "package.change verb=install"]),
        ("make test", ["project.build"]),
        ("vim +1 a", ["file.read ./a", "file.write ./a verb=edit"]),
        ("vim -c '!rm b' a", ["file.delete ./b", "file.read ./a", "file.write ./a verb=edit"]),
    ]
}
