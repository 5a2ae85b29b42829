import ShellSyntax

// What a program asks of a service by the address that it is given: the credentials of the machine, for
// one, which any program may fetch.

extension Interpreter {
    /// Tells what the service does that answers where the program connects.
    mutating func noteService(behind connection: ForeseenAction, _ frame: Frame) {
        // Who says the host beside the address has read the whole request, as curl's reader does.
        if connection.has(.host) == connection.has(.url) { return }
        if let program = connection.context.program,
            knowledge.program(named: program)?.reader == .curl
        {
            return
        }
        let method = connection.onlyText(of: .method) ?? "GET"
        var frame = frame
        frame.isCertain = frame.isCertain && connection.certainty == .certain
        for url in connection.texts(of: .url) {
            let request = HTTPRequest(method: method, url: url.withoutMatches)
            emit(
                request.ofService,
                frame,
                program: connection.context.program,
                at: connection.range
            )
        }
        guard
            connection.has(.port) || isRelay(connection)
                || connection.context.program?.language != nil
        else { return }
        for host in connection.texts(of: .host) where HTTPAddress(host).isOfMetadata {
            // What it asks for nobody sees.
            let name = ForeseenAction.Attribute(.name, .texts([host]))
            emit(
                .secretRead,
                frame,
                program: connection.context.program,
                [name],
                certainty: .possible,
                at: connection.range
            )
        }
    }

    private mutating func emit(
        _ effects: [CodeEffect],
        _ frame: Frame,
        program: ShellText?,
        at range: SourceRange
    ) {
        for effect in effects {
            guard case .action(let action, let attributes) = effect.kind else { continue }
            let certainty = effect.certainty == .possible ? Certainty.possible : nil
            emit(action, frame, program: program, attributes, certainty: certainty, at: range)
        }
    }
}

extension ForeseenAction {
    fileprivate func texts(of name: ActionAttribute) -> [AbstractText] {
        if case .texts(let texts)? = self[name] { texts } else { [] }
    }

    fileprivate func onlyText(of name: ActionAttribute) -> AbstractText? { texts(of: name).first }
}
