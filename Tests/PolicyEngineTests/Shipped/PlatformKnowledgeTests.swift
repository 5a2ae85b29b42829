import CommandAnalysis
import Foundation
import PolicyEngine
import ShellSyntax
import StrictYAML
import TestSupport
import Testing

/// What the shipped knowledge says of the clients of platforms, and of languages.
///
/// Lines stand beside their nearest neighbours. An action is written as a policy writes it, with `?`
/// before one that is only possible and `@` behind one that happens elsewhere.
@Suite struct `the shipped knowledge of platforms` {
    private func expect(_ line: String, _ expected: String) {
        let analysis = Interpreter.analyze(
            Array(line.utf8),
            for: AnalysisRequest(),
            with: Shipped.knowledge
        )
        #expect(analysis.failure == nil)
        var found: [String] = []
        for action in analysis.actions {
            let mark = action.certainty == .possible ? "?" : ""
            let place = action.context.place == .target ? "" : "@"
            let text = mark + action.action.rawValue + place
            if !found.contains(text) { found.append(text) }
        }
        #expect(found == expected.split(separator: " ").map(String.init), "\(line)")
    }

    @Test(arguments: [
        ("docker volume prune -f", "container.delete storage.destroy"),
        ("docker container prune -f", "container.delete"),
        ("docker rm -v web", "container.delete"),
        ("docker volume rm data", "container.delete storage.destroy"),
        ("docker compose down --volumes", "container.delete storage.destroy"),
        ("docker compose down", "container.delete"),
        ("docker system prune --volumes", "container.delete storage.destroy"),
        ("docker system prune -a", "container.delete"),
        (
            "docker run --privileged alpine ls",
            "container.execute container.change guard.escape system.read@"
        ),
        ("docker run alpine ls", "container.execute container.change system.read@"),
        (
            "docker run --cap-add CAP_SYS_ADMIN alpine ls",
            "container.execute container.change guard.escape system.read@"
        ),
        (
            "docker run --cap-add NET_BIND_SERVICE alpine ls",
            "container.execute container.change privilege.elevate system.read@"
        ),
        (
            "docker run --security-opt no-new-privileges alpine ls",
            "container.execute container.change system.read@"
        ),
        (
            "docker run --pid host alpine ls",
            "container.execute container.change guard.escape system.read@"
        ),
        (
            "docker run --pid container:web alpine ls",
            "container.execute container.change system.read@"
        ),
        ("docker run -p 80:80 nginx", "container.execute container.change network.listen"),
        ("docker exec web rm -r /x", "container.execute file.delete@"),
        ("docker exec --help", "system.read"),
        ("docker cp web:/x /etc/cron.d/x", "file.write guard.escape container.read"),
        ("docker cp /etc/hosts web:/x", "file.read container.change"),
        ("docker --config /tmp/c ps", "file.read code.run container.read"),
        ("docker compose --dry-run down -v", "system.read"),
        ("docker compose --dry-run --dry-run=false down", "?container.delete"),
        ("podman rm --all", "container.delete"),
        ("podman rm web", "container.delete"),
        ("podman system reset", "container.delete storage.destroy"),
        ("skopeo inspect docker://alpine", "container.read network.connect"),
        ("skopeo delete docker://a/b", "container.delete network.connect"),
        ("crictl rm -a", "container.delete"),
        ("lxc exec web -- ls /", "container.execute file.read@"),
        ("virsh destroy vm", "container.change"),
        ("virsh undefine vm --remove-all-storage", "container.delete storage.destroy"),
    ])
    func `is told of containers and machines`(_ line: String, _ expected: String) {
        expect(line, expected)
    }

    @Test(arguments: [
        ("kubectl get secret db -o yaml", "cluster.read secret.read"),
        ("kubectl get secret db -o name", "cluster.read"),
        ("kubectl get pods -o yaml", "cluster.read"),
        ("kubectl get --raw /api/v1/namespaces/a/secrets/b", "cluster.read secret.read"),
        ("kubectl get --raw /healthz", "cluster.read"),
        ("kubectl delete pod web", "cluster.delete"),
        ("kubectl delete pvc web", "cluster.delete storage.destroy"),
        ("kubectl delete pod/a pvc/b", "cluster.delete storage.destroy"),
        ("kubectl delete pod pvc-cleaner", "cluster.delete"),
        ("kubectl delete ns a --dry-run=client", "cluster.read"),
        ("kubectl delete ns a --dry-run=none", "cluster.delete storage.destroy"),
        ("kubectl delete ns a --dry-run=client --dry-run=none", "cluster.delete storage.destroy"),
        ("kubectl delete pod web --wait=false", "cluster.delete"),
        ("kubectl apply -f -", "cluster.change code.run"),
        ("kubectl apply -f - --dry-run=server", "cluster.read"),
        ("kubectl apply -f app.yaml", "file.read cluster.change"),
        ("kubectl apply -f app.yaml --prune", "file.read cluster.change cluster.delete"),
        ("kubectl exec web -- ls /etc", "cluster.execute file.read@"),
        ("kubectl --kubeconfig /tmp/c get pods", "file.read code.run cluster.read"),
        ("kubectl --as root delete pod web", "cluster.delete privilege.elevate"),
        ("kubectl config view", "cluster.read"),
        ("kubectl config view --raw", "cluster.read secret.read"),
        ("kubectl cp web:/x /etc/cron.d/x", "file.write guard.escape cluster.read"),
        ("kubectl cp x web:/x", "file.read cluster.change"),
        ("kubectl kustomize --enable-alpha-plugins .", "system.read code.run"),
        ("helm upgrade a b --dry-run", "cluster.read network.connect"),
        ("helm upgrade a b --dry-run=none", "cluster.change network.connect"),
        ("helm template . --post-renderer /tmp/x", "?code.run network.connect"),
        ("k3s kubectl delete ns a", "cluster.delete storage.destroy"),
    ])
    func `is told of clusters`(_ line: String, _ expected: String) {
        expect(line, expected)
    }

    @Test(arguments: [
        ("terraform plan", "cloud.read project.build"),
        ("terraform apply", "cloud.change"),
        ("terraform apply -destroy", "cloud.delete"),
        ("terraform destroy -target a.b", "cloud.delete"),
        ("terraform apply -destroy=false", "cloud.change"),
        ("pulumi preview", "cloud.read project.build"),
        ("pulumi destroy", "cloud.delete"),
        ("ansible web -a uptime", "system.read@ network.connect"),
        ("ansible web -m ping", "network.connect cluster.read"),
        ("ansible web -m copy -a 'src=a dest=b'", "network.connect cluster.change"),
        ("ansible web -m shell -a 'rm -r /x'", "file.delete@ network.connect"),
        ("ansible web -c local -a 'rm -r /x'", "file.delete"),
        (
            "ansible-playbook site.yml --check",
            "file.read cluster.read network.connect project.build"
        ),
        ("ansible-playbook site.yml", "file.read code.run cluster.change network.connect"),
        ("salt web test.ping", "cluster.read network.connect"),
        ("salt web cmd.run 'rm -r /x'", "cluster.execute network.connect file.delete@"),
        ("salt web system.reboot", "host.power cluster.change network.connect"),
    ])
    func `is told of infrastructure`(_ line: String, _ expected: String) {
        expect(line, expected)
    }

    @Test(arguments: [
        ("aws ec2 describe-volumes", "cloud.read"),
        ("aws ec2 delete-volume --volume-id v", "cloud.delete storage.destroy"),
        ("aws ec2 delete-volume --volume-id v --dry-run", "system.read"),
        (
            "aws ec2 delete-volume --volume-id v --dry-run --no-dry-run",
            "cloud.delete storage.destroy"
        ),
        ("aws ec2 delete-snapshot --snapshot-id s", "cloud.delete"),
        ("aws s3 rm s3://b --recursive", "cloud.delete storage.destroy"),
        ("aws s3 rm s3://b/k/ --recursive", "cloud.delete"),
        ("aws s3 cp s3://b/k /etc/cron.d/x", "file.write guard.escape cloud.read"),
        ("aws s3 cp s3://b/k .", "file.write cloud.read"),
        ("aws s3 sync a s3://b --dryrun", "file.read"),
        ("aws cloudtrail describe-trails", "cloud.read"),
        ("aws cloudtrail stop-logging --name t", "cloud.delete audit.tamper"),
        ("aws ssm get-parameter --name x", "cloud.read"),
        ("aws ssm get-parameter --name x --with-decryption", "cloud.read secret.read"),
        ("aws configure set region x", "file.write"),
        ("aws configure set credential_process x", "file.write code.run"),
        ("gcloud compute disks list", "cloud.read"),
        ("gcloud compute disks delete d", "cloud.delete storage.destroy"),
        ("gcloud compute instances delete disks", "cloud.delete"),
        ("gcloud beta compute disks delete d", "cloud.delete storage.destroy"),
        ("gcloud compute instances list --filter delete", "cloud.read"),
        ("az vm list", "cloud.read"),
        ("az disk delete -n d", "cloud.delete storage.destroy"),
        ("az keyvault secret show --name x", "cloud.read secret.read"),
        ("gh api repos/a/b", "cloud.read"),
        ("gh api -X DELETE repos/a/b", "cloud.change"),
        ("gh api -X GET repos/a/b", "cloud.read"),
        ("gh pr view 1", "cloud.read"),
        ("sops -d x", "secret.read"),
        ("sops -e x", "system.read"),
        ("pass ls", "system.read"),
        ("pass show x", "secret.read"),
    ])
    func `is told of clouds and secrets`(_ line: String, _ expected: String) {
        expect(line, expected)
    }

    @Test(arguments: [
        ("python3 -c 'print(1)'", "system.read"),
        ("python3 x.py", "file.read code.run"),
        ("python3 -m json.tool x.json", "file.read"),
        ("python3 -m http.server", "network.listen"),
        ("perl -ne 'print' x", "file.read"),
        ("perl -ne 'print' 'ls|'", "file.read code.run"),
        ("perl -pi -e 's/a/b/' x", "file.read file.write"),
        ("perl -lane 'print $F[0]' x", "file.read"),
        ("node --check x.js", "file.read"),
        ("node x.js", "file.read code.run"),
        ("php -l x.php", "file.read"),
        ("php x.php", "file.read code.run"),
        ("java -version", "system.read"),
        ("java -jar x.jar", "file.read code.run"),
        ("eslint src", "file.read project.build"),
        ("eslint --fix /etc/x.js", "file.read file.write project.build"),
        ("eslint -c x.js src", "file.read code.run project.build"),
        ("black --check /etc/x.py", "file.read project.build"),
        ("black /etc/x.py", "file.read file.write project.build"),
        ("pandoc -o x.html x.md", "file.write file.read"),
        ("pandoc --filter ./x x.md", "?code.run file.read"),
        ("convert a.png b.png", "file.read file.write"),
        ("convert a.png /etc/cron.d/x", "file.read file.write guard.escape"),
        ("exiftool a.jpg", "file.read"),
        ("exiftool -Artist=x /etc/a.jpg", "file.read file.write"),
    ])
    func `is told of languages and builds`(_ line: String, _ expected: String) {
        expect(line, expected)
    }
}
