import ShellSyntax

// Kubernetes and Docker.

extension HTTPReader {
    private static let coreResources: Set<String> = [
        "pods", "namespaces", "nodes", "services", "secrets", "configmaps", "events", "endpoints",
        "persistentvolumes", "persistentvolumeclaims", "serviceaccounts", "replicationcontrollers",
        "resourcequotas", "limitranges", "componentstatuses", "podtemplates", "bindings",
    ]

    /// What stands in the path of a request to the API server.
    private struct ClusterObject {
        var namespace: AbstractText?
        var resource: AbstractText
        var name: AbstractText?
        var subresource = ""
    }

    mutating func readKubernetes(_ method: String) -> Bool {
        if address.port == 10250 { return readKubelet(method) }
        guard let object = clusterObject else { return false }
        let kind = object.resource.keyword
        let isSecret = kind == "secrets"
        var attributes = [ForeseenAction.Attribute(.resource, .texts([object.resource]))]
        if let namespace = object.namespace {
            attributes.append(.init(.namespace, .texts([namespace])))
        }
        if let name = object.name { attributes.append(.init(.name, .texts([name]))) }
        attributes.append(.init(.verb, text: method.lowercased()))
        let isDry = address.parameter("dryRun") != nil
        switch method {
        case _ where ["exec", "attach", "portforward", "proxy"].contains(object.subresource):
            add(.clusterExecute, attributes)
            // What runs there is no command that was read.
            if object.subresource != "portforward" { add(.codeRun, [], .possible) }
        case "GET", "HEAD":
            add(.clusterRead, attributes)
            if isSecret { add(.secretRead, object.name.map { [.init(.name, .texts([$0]))] } ?? []) }
        case _ where isDry: add(.clusterRead, attributes)
        case "DELETE":
            if object.name == nil { attributes.append(.init(.all, .flag(true))) }
            add(.clusterDelete, attributes)
        case _ where object.subresource == "eviction": add(.clusterDelete, attributes)
        default: add(.clusterChange, attributes)
        }
        return true
    }

    // `/api/v1/namespaces/NS/pods/NAME/log`, `/apis/apps/v1/namespaces/NS/deployments`
    private var clusterObject: ClusterObject? {
        let isCore = name(0) == "api" && name(1) == "v1"
        let isGroup = name(0) == "apis" && count >= 3
        guard isCore || isGroup else { return nil }
        var index = isCore ? 2 : 3
        if name(index) == "watch" { index += 1 }
        guard index < count else { return nil }
        let isNamed = name(index) == "namespaces" && index + 2 < count
        let isClusterPort = [6443, 8001, 16443, 8443].contains(address.port)
        let isClusterHost = address.host.keyword.hasPrefix("kubernetes")
        let isResource = Self.coreResources.contains(name(index))
        guard
            isGroup || isNamed || isClusterPort || isClusterHost
                || isResource && name(index) != "services"
        else { return nil }
        var namespace: AbstractText?
        if isNamed, !["finalize", "status"].contains(name(index + 2)) {
            namespace = text(index + 1)
            index += 2
        }
        return ClusterObject(
            namespace: namespace,
            resource: text(index),
            name: index + 1 < count ? text(index + 1) : nil,
            subresource: name(index + 2)
        )
    }

    // The agent of a node: `/exec/NS/POD/CONTAINER`, `/run/…`
    private mutating func readKubelet(_ method: String) -> Bool {
        let isExecution = ["exec", "run", "attach", "portforward", "cri"].contains(name(0))
        let attributes: [ForeseenAction.Attribute] = [.init(.verb, text: name(0))]
        let isRead = method == "GET" || method == "HEAD"
        add(isExecution ? .clusterExecute : isRead ? .clusterRead : .clusterChange, attributes)
        if isExecution { add(.codeRun, [], .possible) }
        return true
    }

    // MARK: - Docker

    mutating func readDocker(_ method: String) -> Bool {
        let socket = request.socket?.literal?.description ?? ""
        let isSocket = ["docker.sock", "podman.sock"].contains { socket.hasSuffix($0) }
        guard isSocket || address.port == 2375 || address.port == 2376 else { return false }
        // `/v1.43/containers/…`, `/v4.0.0/libpod/containers/…`
        var start =
            name(0).hasPrefix("v") && name(0).utf8.dropFirst().first?.isQueryDigit == true ? 1 : 0
        if name(start) == "libpod" { start += 1 }
        let kind = name(start)
        let last = name(count - 1)
        let verb = method == "DELETE" ? "delete" : last
        var attributes = [ForeseenAction.Attribute(.verb, text: "\(kind) \(verb)")]
        let named =
            start + 1 < count && !["prune", "create", "json", "load"].contains(name(start + 1))
        if named { attributes.append(dockerName(kind, text(start + 1))) }
        switch method {
        case "GET", "HEAD":
            add(.containerRead, attributes)
            // Files of a container, or all of them.
            if kind == "containers", last == "archive" || last == "export" {
                add(.secretRead, [.init(.name, .texts([request.url]))], .possible)
            }
        case "DELETE":
            if address.parameter("force") != nil { attributes.append(.init(.force, .flag(true))) }
            add(.containerDelete, attributes)
        case _ where last == "prune":
            add(.containerDelete, attributes + [.init(.all, .flag(true))])
        case _ where kind == "exec" || last == "exec" || last == "attach":
            add(.containerExecute, attributes)
        case _ where kind == "containers" && last == "create":
            add(.containerChange, attributes)
            addHostAccess()
        default: add(.containerChange, attributes)
        }
        return true
    }

    private func dockerName(_ kind: String, _ name: AbstractText) -> ForeseenAction.Attribute {
        switch kind {
        case "containers": .init(.container, .texts([name]))
        case "images": .init(.image, .texts([name]))
        case "volumes": .init(.volume, .texts([name]))
        default: .init(.name, .texts([name]))
        }
    }

    /// A container that has the host's files or its privileges is the host.
    private mutating func addHostAccess() {
        let host = json?["HostConfig"]
        guard request.body != nil else { return }
        let isKnown = body != nil && json != .unknown
        var isAccess = false
        for key in ["Privileged", "Binds", "Mounts", "PidMode", "CapAdd", "Devices", "NetworkMode"]
        where host?[key] != nil {
            isAccess = true
        }
        if isAccess || !isKnown {
            add(.guardEscape, [.init(.verb, text: "containers create")], .possible)
        }
    }
}
