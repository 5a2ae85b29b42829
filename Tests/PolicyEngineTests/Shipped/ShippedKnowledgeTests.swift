import CommandAnalysis
import Foundation
import ShellSyntax
import StrictYAML
import TestSupport
import Testing

@testable import PolicyEngine

@Suite struct `the knowledge that is shipped` {
    static let base: KnowledgeBase? = {
        do {
            return try KnowledgeBase.read(files()).value
        } catch {
            return nil
        }
    }()

    private static func files() throws -> [SourceFile] {
        let paths = try RepositoryFile.paths(under: "policies/knowledge", suffix: ".yaml")
        return try paths.sorted().map { path in
            let data = try Data(contentsOf: URL(filePath: RepositoryFile.path(path)))
            return SourceFile(name: path, bytes: Array(data))
        }
    }

    @Test func `is read without a finding`() throws {
        let files = try Shipped.knowledgeFiles()
        let findings: [String]
        do throws(RefusedFiles) {
            findings = try KnowledgeBase.read(files).warnings.map(\.description)
        } catch {
            findings = error.findings.map(\.description)
        }
        #expect(findings == [])
    }

    @Test(arguments: lines)
    func `says of a line what it does`(_ line: String, _ expected: [String]) throws {
        let request = AnalysisRequest(login: "deploy")
        let analysis = Interpreter.analyze(Array(line.utf8), for: request, with: Shipped.knowledge)
        #expect(analysis.failure == nil)
        #expect(Set(analysis.actions.map(\.shown)) == Set(expected))
    }

    /// In pairs: what does something, and its nearest neighbour that does not.
    private static let lines: [(String, [String])] = [
        // coreutils
        ("rm -rf /tmp/a", ["file.delete /tmp/a recursive force"]),
        ("rm /tmp/a", ["file.delete /tmp/a"]),
        ("cp -t /opt/a b", ["file.read ./b", "file.write /opt/a recursive"]),
        ("cp -T b /opt/a", ["file.read ./b", "file.write /opt/a"]),
        ("cp b /opt/a", ["file.read ./b", "file.write /opt/a", "file.write /opt/a/b"]),
        ("chmod -x f", ["file.permission ./f mode=-rwx"]),
        ("chmod 4755 f", ["file.permission ./f mode=4755"]),
        ("date -s 2020-01-01", ["host.configure verb=set-time"]),
        ("date +%F", ["system.read"]),
        ("sort -o out in", ["file.write ./out", "file.read ./in"]),
        ("sort in", ["file.read ./in"]),
        ("d=$(mktemp -d); rm -r \"$d\"", ["system.read", "file.delete /tmp/tmp.… recursive"]),
        ("hostname a", ["host.configure verb=set-hostname name=a"]),
        ("hostname -f", ["system.read"]),
        // util-linux
        ("wipefs -a /dev/sdb", ["device.write /dev/sdb"]),
        ("wipefs /dev/sdb", ["system.read"]),
        ("mkfs -t ext4 /dev/sdb", ["device.write /dev/sdb"]),
        ("fdisk -l /dev/sdb", ["system.read"]),
        ("mount /dev/sdb /mnt", ["storage.change /mnt verb=mount"]),
        ("mount", ["system.read"]),
        ("kill -9 12", ["process.signal process=12 signal=9"]),
        ("kill -0 12", ["system.read"]),
        ("kill -0 -9 12", ["process.signal process=12 signal=9"]),
        ("kill -9 -1", ["process.signal signal=9 signal=1 all"]),
        ("flock /tmp/l -c 'rm f'", ["file.write /tmp/l", "file.delete ./f"]),
        ("flock /tmp/l rm f", ["file.write /tmp/l", "file.delete ./f"]),
        ("renice -n 5 -p 12", ["process.signal process=12 signal=nice"]),
        ("renice -n -5 -p 12", ["process.signal process=12 signal=priority"]),
        ("dmesg -C", ["audit.tamper verb=clear"]),
        ("dmesg -T", ["system.read"]),
        // processes
        ("pkill -f app", ["process.signal process=app"]),
        ("killall -0 app", ["system.read"]),
        ("killall -9 app", ["process.signal process=app signal=9"]),
        ("pgrep -f app", ["system.read"]),
        ("sysctl -w vm.swappiness=1", ["kernel.change verb=set name=vm.swappiness=1"]),
        ("sysctl vm.swappiness", ["system.read"]),
        ("watch 'rm f'", ["file.delete ./f"]),
        // systemd
        ("systemctl restart a", ["service.control unit=a verb=restart"]),
        ("systemctl status a", ["system.read"]),
        (
            "systemctl start reboot.target",
            ["service.control unit=reboot.target verb=start", "host.power verb=reboot"]
        ),
        ("systemctl reboot", ["host.power verb=reboot"]),
        ("systemctl --dry-run reboot", ["system.read"]),
        ("systemctl --dry-run restart a", ["service.control unit=a verb=restart"]),
        ("systemctl list-units", ["system.read"]),
        (
            "systemctl -H web2 stop a",
            ["service.control unit=a verb=stop", "network.connect host=web2"]
        ),
        (
            "journalctl --vacuum-time=2weeks",
            ["audit.tamper /var/log/journal verb=trim"]
        ),
        (
            "journalctl --vacuum-time=1s",
            ["audit.tamper /var/log/journal verb=vacuum"]
        ),
        ("journalctl -u a --since today", ["system.read"]),
        ("busctl call a /b c d", ["code.run language=dbus verb=call"]),
        ("busctl list", ["system.read"]),
        // privilege
        ("sudo -u bob rm f", ["privilege.elevate account=bob", "file.delete ./f"]),
        ("sudo -h web1 rm f", ["privilege.elevate", "program.unknown"]),
        ("sudo --help", ["system.read"]),
        ("sudo -l", ["system.read"]),
        ("git -c 'alias.x=!#ar' x", ["system.read"]),
        ("su - -c 'rm f'", ["privilege.elevate", "file.delete ~root/f ./f"]),
        (
            "su bob -- -c 'rm f'",
            ["possibly privilege.elevate account=bob", "possibly command.dynamic"]
        ),
        ("runuser bob -c 'rm f'", ["privilege.elevate account=bob", "file.delete ./f"]),
        ("runuser -u bob rm f", ["privilege.elevate account=bob", "file.delete ./f"]),
        ("crontab -r", ["schedule.change verb=remove"]),
        ("crontab -l", ["system.read"]),
        ("bash -euo pipefail -c 'rm f'", ["file.delete ./f"]),
        ("busybox rm f", ["file.delete ./f"]),
        // text
        ("sed -i s/a/b/ f", ["file.read ./f", "file.write ./f verb=edit"]),
        ("sed s/a/b/ f", ["file.read ./f"]),
        ("grep -e 'rm -rf /' f", ["file.read ./f"]),
        ("jq --arg a b .x f", ["file.read ./f"]),
        ("less +F f", ["file.read ./f"]),
        // archives
        ("tar czf a.tgz d", ["file.read ./d recursive", "file.write ./a.tgz"]),
        ("tar czf - d", ["file.read ./d recursive"]),
        ("tar -C /opt/a -cf .ssh/k b", ["file.read /opt/a/b recursive", "file.write ./.ssh/k"]),
        (
            "tar -xf a.tar -C /opt/a",
            ["file.read ./a.tar", "file.write /opt/a recursive verb=extract"]
        ),
        ("tar tf a.tgz", ["file.read ./a.tgz"]),
        ("ar rcs a.a b", ["file.read ./a.a", "file.write ./a.a verb=edit", "file.read ./b"]),
        ("ar t a.a", ["file.read ./a.a"]),
        ("unzip a.zip -d /opt/a", ["file.read ./a.zip", "file.write /opt/a recursive"]),
        ("unzip -l a.zip", ["file.read ./a.zip"]),
        ("zcat a.gz", ["file.read ./a.gz"]),
        ("bzip2 --version f", ["file.read ./f", "file.write ./f verb=edit"]),
        ("bzip2 --help f", ["system.read"]),
        ("xz -t a.xz", ["file.read ./a.xz"]),
        ("xz -t -z a", ["file.read ./a", "file.write ./a verb=edit"]),
        ("gunzip a.gz", ["file.read ./a.gz", "file.write ./a.gz verb=edit"]),
        // the host
        ("shutdown -r now", ["host.power verb=shutdown"]),
        ("shutdown --show", ["system.read"]),
        ("modprobe a", ["kernel.change module=a verb=load"]),
        ("modprobe -n a", ["system.read"]),
        ("tcpdump -w /tmp/a -i eth0", ["file.write /tmp/a"]),
        ("tcpdump -i eth0 port 80", ["system.read"]),
        // paths and variables
        ("echo a > /dev/null", ["system.read"]),
        (
            "echo a > /dev/sda", ["system.read", "file.write /dev/sda", "device.write /dev/sda"]
        ),
        ("cat /root/.ssh/id_a", ["file.read /root/.ssh/id_a", "secret.read /root/.ssh/id_a"]),
        ("cat /root/.ssh/id_a.pub", ["file.read /root/.ssh/id_a.pub"]),
        ("cat /etc/shadow", ["file.read /etc/shadow", "secret.read /etc/shadow"]),
        (
            "gunzip /etc/shadow.gz",
            [
                "file.read /etc/shadow.gz", "file.write /etc/shadow.gz verb=edit",
                "guard.escape /etc/shadow.gz",
            ]
        ),
        ("gunzip /etc/x.gz", ["file.read /etc/x.gz", "file.write /etc/x.gz verb=edit"]),
        ("rm /etc/shadow", ["file.delete /etc/shadow", "guard.escape /etc/shadow verb=remove"]),
        ("GIT_AUTHOR_NAME=a ls", ["system.read"]),
        ("GIT_EXTERNAL_DIFF='rm f #' ls", ["system.read", "file.delete ./f"]),
    ]
}
