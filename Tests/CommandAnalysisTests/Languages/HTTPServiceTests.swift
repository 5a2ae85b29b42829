import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `a request over HTTP to a service that is known` {
    struct Case: CustomStringConvertible {
        let method: String
        let url: String
        var body: String?
        let finds: String
        var description: String { "\(method) \(url)" }

        init(_ method: String, _ url: String, _ finds: String) {
            self.method = method
            self.url = url
            self.finds = finds
        }

        init(_ method: String, _ url: String, _ body: String, _ finds: String) {
            self.method = method
            self.url = url
            self.body = body
            self.finds = finds
        }
    }

    @Test(arguments: [
        Case("DELETE", "http://es:9200/users", "database.schema drop index users bounded es"),
        Case(
            "DELETE",
            "http://es:9200/logs-2024*",
            "database.schema drop index logs-2024* bounded es"
        ),
        Case("DELETE", "http://es:9200/_all", "database.schema drop index _all unbounded es"),
        Case("DELETE", "http://es:9200/*", "database.schema drop index * unbounded es"),
        Case("DELETE", "http://es:9200/%2A", "database.schema drop index * unbounded es"),
        Case(
            "DELETE",
            "http://es:9200//x/..//_all/",
            "database.schema drop index _all unbounded es"
        ),
        Case("DELETE", "http://es:9200/{text}", "database.schema drop index {text} unbounded es ?"),
        Case("DELETE", "http://es:9200/users/_doc/1", "database.write delete users bounded es"),
        Case(
            "POST",
            "http://es:9200/users/_delete_by_query",
            "{\"query\":{\"match_all\":{}}}",
            "database.write delete users unbounded es"
        ),
        Case(
            "POST",
            "http://es:9200/users/_delete_by_query",
            "{\"query\":{\"term\":{\"a\":1}}}",
            "database.write delete users bounded es"
        ),
        Case(
            "POST",
            "http://es:9200/users/_delete_by_query",
            "{\"query\":{\"bool\":{\"must\":[{\"match_all\":{}}]}}}",
            "database.write delete users unbounded es"
        ),
        Case(
            "POST",
            "http://es:9200/users/_delete_by_query",
            "{\"query\":{\"bool\":{\"filter\":[{\"range\":{\"d\":{\"lt\":\"now-1y\"}}}]}}}",
            "database.write delete users bounded es"
        ),
        Case(
            "POST",
            "http://es:9200/users/_delete_by_query",
            "{\"query\":{\"query_string\":{\"query\":\"*\"}}}",
            "database.write delete users unbounded es"
        ),
        Case(
            "POST",
            "http://es:9200/users/_delete_by_query?q=*",
            "database.write delete users unbounded es"
        ),
        Case(
            "POST",
            "http://es:9200/users/_delete_by_query?q=a:1",
            "database.write delete users bounded es"
        ),
        Case(
            "POST",
            "http://es:9200/users/_delete_by_query",
            "{text}",
            "database.write delete users es"
        ),
        Case(
            "POST",
            "https://search.example.org/users/_close",
            "database.schema _close index users search.example.org"
        ),
        Case("PUT", "http://es:9200/_cluster/settings", "{}", "database.administer _cluster es"),
        Case("DELETE", "http://es:9200/_snapshot/r/s", "backup.delete r,s"),
        Case("DELETE", "http://es:9200/_snapshot/r", "backup.delete r all"),
        Case("PUT", "http://es:9200/_snapshot/r/s", "backup.create r,s"),
        Case("POST", "http://es:9200/_snapshot/r/s/_restore", "backup.restore r,s,_restore"),
        Case(
            "POST",
            "http://es:9200/_aliases",
            "{\"actions\":[{\"remove_index\":{\"index\":\"a\"}}]}",
            "database.schema drop index es"
        ),
        Case("POST", "http://es:9200/users/_search", "{}", "database.read _search users es"),
        Case("GET", "http://es:9200/_cat/indices", "database.read _cat es"),
        Case("DELETE", "https://{text}/_all", "database.schema drop index _all unbounded {text} ?"),
        Case(
            "DELETE",
            "https://k:6443/api/v1/namespaces/prod",
            "cluster.delete namespaces prod delete"
        ),
        Case(
            "DELETE",
            "https://k:6443/api/v1/namespaces/prod/pods",
            "cluster.delete pods prod delete all"
        ),
        Case(
            "DELETE",
            "https://k:6443/apis/apps/v1/namespaces/prod/deployments/web",
            "cluster.delete deployments prod web delete"
        ),
        Case(
            "DELETE",
            "https://k:6443/apis/apps/v1/namespaces/prod/deployments/web?dryRun=All",
            "cluster.read deployments prod web delete"
        ),
        Case(
            "POST",
            "https://kubernetes.default.svc/api/v1/namespaces/a/pods/b/exec?command=sh",
            "cluster.execute pods a b post"
        ),
        Case(
            "POST",
            "https://k:6443/api/v1/namespaces/a/pods/b/eviction",
            "{}",
            "cluster.delete pods a b post"
        ),
        Case("GET", "https://k:6443/api/v1/namespaces/a/secrets/db", "secret.read db"),
        Case("GET", "https://k:6443/api/v1/namespaces/a/pods", "cluster.read pods a get"),
        Case(
            "PATCH",
            "https://k:6443/apis/apps/v1/namespaces/a/deployments/web/scale",
            "{}",
            "cluster.change deployments a web patch"
        ),
        Case("POST", "https://node:10250/run/kube-system/p/c", "cluster.execute run"),
        Case(
            "DELETE",
            "http://h:2375/v1.43/containers/web?force=1",
            "container.delete containers delete web force"
        ),
        Case(
            "PUT",
            "http://consul:8500/v1/kv/app/x",
            "1",
            "database.write put app/x bounded consul"
        ),
        Case(
            "DELETE",
            "http://consul:8500/v1/kv/?recurse",
            "database.write delete unbounded consul"
        ),
        Case(
            "DELETE",
            "http://consul:8500/v1/kv/app?recurse",
            "database.write delete app bounded consul"
        ),
        Case("PUT", "http://consul:8500/v1/agent/check/register", "{}", "code.run ?"),
        Case("GET", "http://vault:8200/v1/secret/data/db", "secret.read secret/data/db"),
        Case("GET", "http://vault:8200/v1/sys/health", "database.read read sys/health vault"),
        Case("PUT", "http://vault:8200/v1/sys/seal", "database.administer write sys/seal vault"),
        Case(
            "DELETE",
            "http://vault:8200/v1/sys/mounts/secret",
            "database.schema drop sys/mounts/secret vault"
        ),
        Case(
            "POST",
            "http://etcd:2379/v3/kv/deleterange",
            "{\"key\":\"AA==\",\"range_end\":\"AA==\"}",
            "database.write delete unbounded etcd"
        ),
        Case(
            "POST",
            "http://etcd:2379/v3/kv/deleterange",
            "{\"key\":\"Zm9v\"}",
            "database.write delete bounded etcd"
        ),
        Case(
            "POST",
            "http://etcd:2379/v3/kv/range",
            "{\"key\":\"Zm9v\"}",
            "database.read range etcd"
        ),
        Case(
            "DELETE",
            "http://etcd:2379/v2/keys/?recursive=true",
            "database.write delete unbounded etcd"
        ),
        Case(
            "GET",
            "http://169.254.169.254/latest/meta-data/iam/security-credentials/r",
            "secret.read http://169.254.169.254/latest/meta-data/iam/security-credentials/r"
        ),
        Case("GET", "http://169.254.169.254", "secret.read http://169.254.169.254"),
        Case("GET", "http://169.254.169.254/", "secret.read http://169.254.169.254/"),
        Case(
            "GET",
            "http://2852039166/latest/user-data",
            "secret.read http://2852039166/latest/user-data"
        ),
        Case(
            "GET",
            "http://0251.0376.43518/latest/user-data",
            "secret.read http://0251.0376.43518/latest/user-data"
        ),
        Case(
            "GET",
            "http://[::ffff:a9fe:a9fe]/latest/user-data",
            "secret.read http://[::ffff:a9fe:a9fe]/latest/user-data"
        ),
        Case(
            "GET",
            "http://METADATA.google.internal/computeMetadata/v1/instance/service-accounts/default/token",
            "secret.read http://METADATA.google.internal/computeMetadata/v1/instance/service-accounts/default/token"
        ),
        Case("DELETE", "http://mq:15672/api/queues/%2F/jobs", "database.schema drop queue jobs mq"),
        Case(
            "DELETE",
            "http://mq:15672/api/queues/%2F/jobs/contents",
            "database.write purge jobs unbounded mq"
        ),
        Case("PUT", "http://mq:15672/api/users/x", "{}", "database.administer users x mq"),
        Case("GET", "http://mq:15672/api/queues", "database.read queues mq"),
        Case(
            "POST",
            "http://p:9090/api/v1/admin/tsdb/delete_series?match[]={__name__=~\".%2B\"}",
            "database.write delete unbounded p"
        ),
        Case(
            "POST",
            "http://p:9090/api/v1/admin/tsdb/delete_series?match[]=up",
            "database.write delete bounded p"
        ),
        Case("GET", "http://p:9090/api/v1/query?query=up", "database.read query p"),
        Case("POST", "http://p:9090/-/quit", "database.administer quit p"),
        Case("POST", "http://ch:8123/", "DROP TABLE users", "database.schema drop table users"),
        Case("GET", "http://ch:8123/?query=DROP+TABLE%20users", "database.schema drop table users"),
        Case("{name}", "http://es:9200/_all", "database.schema drop index _all unbounded es ?"),
    ])
    func `does what its path says`(_ sample: Case) {
        let request = HTTPRequest(
            method: abstract(sample.method),
            url: abstract(sample.url),
            body: sample.body.map(abstract)
        )
        #expect(lines(request).contains(sample.finds), "\(lines(request))")
    }

    private func lines(_ request: HTTPRequest) -> [String] {
        FindingsText.lines(request.findings)
    }
}
