import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `a request over HTTP` {
    @Test(arguments: [
        (
            "GET", "http://example.org/x",
            ["network.connect example.org 80 http://example.org/x GET"]
        ),
        (
            "POST", "https://example.org/x",
            ["network.connect example.org 443 https://example.org/x POST"]
        ),
        (
            "DELETE", "example.org:8080/users/1",
            ["network.connect example.org 8080 example.org:8080/users/1 DELETE"]
        ),
        ("DELETE", "{text}", ["network.connect {text} {text} DELETE"]),
        ("DELETE", "{text}/api/items/1", ["network.connect {text} {text}/api/items/1 DELETE"]),
        ("GET", "http://{name}/x", ["network.connect {name} 80 http://{name}/x GET"]),
        ("POST", "https://a.b/services/x", ["network.connect a.b 443 https://a.b/services/x POST"]),
        (
            "DELETE", "https://a.b/api/v1/services/x",
            ["network.connect a.b 443 https://a.b/api/v1/services/x DELETE"]
        ),
        (
            "GET", "http://user:pw@EXAMPLE.org./x",
            ["network.connect example.org 80 http://user:pw@EXAMPLE.org./x GET"]
        ),
        ("GET", "http://0x7f.1/x", ["network.connect 127.0.0.1 80 http://0x7f.1/x GET"]),
        (
            "GET", "http://169.254.169.254/latest/meta-data/instance-id",
            [
                "network.connect 169.254.169.254 80 http://169.254.169.254/latest/meta-data/instance-id GET"
            ]
        ),
    ])
    func `is a connection`(_ sample: (method: String, url: String, lines: [String])) {
        #expect(
            lines(HTTPRequest(method: abstract(sample.method), url: abstract(sample.url)))
                == sample.lines
        )
    }

    @Test(arguments: [
        ("GET", "http://docker/containers/json", "container.read containers json"),
        ("DELETE", "http://localhost/v1.43/volumes/data", "container.delete volumes delete data"),
        ("POST", "http://localhost/volumes/prune", "container.delete volumes prune all"),
        ("POST", "http://x/containers/web/exec", "container.execute containers exec web"),
        ("POST", "http://x/exec/abc/start", "container.execute exec start abc"),
        ("POST", "http://x/containers/web/restart", "container.change containers restart web"),
        (
            "POST", "http://d/v4.0.0/libpod/containers/web/kill",
            "container.change containers kill web"
        ),
        ("GET", "http://d", "container.read  "),
        ("POST", "http:///", "container.change   ?"),
        ("DELETE", "", "container.delete  delete ?"),
    ])
    func `over the socket of Docker is about containers`(
        _ sample: (method: String, url: String, line: String)
    ) {
        let request = HTTPRequest(
            method: abstract(sample.method),
            url: abstract(sample.url),
            socket: "/var/run/docker.sock"
        )
        #expect(lines(request) == [sample.line])
    }

    @Test func `for a container with the files of the host escapes the guard`() {
        func found(_ body: AbstractText) -> [String] {
            lines(
                HTTPRequest(
                    method: "POST",
                    url: "http://x/containers/create",
                    body: body,
                    socket: "/run/docker.sock"
                )
            )
        }
        let mounting = abstract("{\"Image\":\"a\",\"HostConfig\":{\"Binds\":[\"/:/h\"]}}")
        #expect(found(mounting).contains("guard.escape containers create ?"))
        #expect(found(abstract("{text}")).contains("guard.escape containers create ?"))
        #expect(found(abstract("{\"Image\":\"a\"}")) == ["container.change containers create"])
    }

    @Test func `over a socket that nobody knows does nothing that is known`() {
        let request = HTTPRequest(
            method: "DELETE",
            url: "http://x/users/1",
            socket: "/run/app.sock"
        )
        #expect(lines(request).isEmpty)
    }

    @Test func `has the method that its headers say`() {
        let request = HTTPRequest(
            method: "POST",
            url: "http://es:9200/_all",
            headers: ["X-HTTP-Method-Override: DELETE"]
        )
        #expect(lines(request).contains("database.schema drop index _all unbounded es"))
    }

    private func lines(_ request: HTTPRequest) -> [String] {
        FindingsText.lines(request.findings)
    }
}
