import SSH
import SessionProtocol
import Testing

@testable import SessionProcess

private let uptime = ChannelRequest.exec(commandLine: Array("uptime".utf8))
private let opensUptime = ProgramRequest.exec(commandLine: Array("uptime".utf8))
private let terminal = ChannelRequest.terminal(type: "xterm", columns: 80, rows: 24)

/// The states of the table, each by the way that leads to it.
private enum Stage: CaseIterable {
    case preparing, deciding, holding, starting, waiting, running, closing, closed

    var machine: RelayMachine {
        var machine = RelayMachine()
        guard self != .preparing else { return machine }
        _ = machine.requested(uptime)
        guard self != .deciding else { return machine }
        _ = machine.permitted(holdsInput: self == .holding)
        switch self {
        case .preparing, .deciding, .holding, .starting:
            break
        case .waiting:
            machine.targetLost()
        case .running:
            _ = machine.programRuns()
        case .closing:
            _ = machine.ended()
        case .closed:
            _ = machine.ended()
            machine.handedOn()
        }
        return machine
    }

    static func all(but exceptions: Stage...) -> [Stage] {
        allCases.filter { !exceptions.contains($0) }
    }
}

@Suite struct `the life of a session` {
    // MARK: what the client asks for

    @Test(
        arguments: [
            (uptime, opensUptime), (.shell, .shell),
            (.subsystem(name: "sftp"), .subsystem(name: "sftp")),
        ]
    )
    func `asks the authority about the first program`(
        _ request: ChannelRequest,
        _ program: ProgramRequest
    ) {
        var machine = RelayMachine()

        #expect(machine.requested(request) == .open(program))
        #expect(machine.program == program)
    }

    @Test(arguments: Stage.all(but: .preparing))
    fileprivate func `has no second program, and no terminal and variable after the first`(
        _ stage: Stage
    ) {
        let tooLong = [UInt8](repeating: 65, count: FieldLimits.commandLine + 1)
        var machine = stage.machine

        #expect(machine.requested(.shell) == .refuse)
        #expect(machine.requested(.exec(commandLine: tooLong)) == .refuse)
        #expect(machine.requested(terminal) == .refuse)
        #expect(
            machine.requested(.environment(name: "LANG", value: [67]))
                == .refuseAndTell(.environmentRefused, detail: "LANG")
        )
        #expect(machine.program == opensUptime)
        #expect(machine.preparation.terminal == nil)
        #expect(machine.preparation.environment.isEmpty)
    }

    @Test func `takes what is set before the program along`() {
        var machine = RelayMachine()

        #expect(machine.requested(terminal) == .grant)
        #expect(machine.requested(.environment(name: "LANG", value: [67])) == .grant)

        #expect(
            machine.preparation.terminal == TerminalRequest(type: "xterm", columns: 80, rows: 24)
        )
        #expect(machine.preparation.environment.map(\.name) == ["LANG"])
    }

    @Test func `knows sftp of the subsystems, and goes on after another`() {
        var machine = RelayMachine()

        #expect(machine.requested(.subsystem(name: "netconf")) == .refuse)
        #expect(machine.requested(uptime) == .open(opensUptime))
    }

    @Test func `tells of what it refuses whatever the state`() {
        for stage in Stage.allCases {
            var machine = stage.machine
            #expect(machine.requested(.x11) == .refuseAndTell(.x11ForwardRefused, detail: ""))
            #expect(
                machine.requested(.unknown) == .refuseAndTell(.unknownRequestRefused, detail: "")
            )
        }
    }

    @Test func `resizes a terminal that there is`() {
        var with = RelayMachine()
        var without = RelayMachine()
        _ = with.requested(terminal)
        _ = with.requested(uptime)
        _ = without.requested(uptime)
        let change = ChannelRequest.windowChange(columns: 100, rows: 40)

        #expect(with.requested(change) == .resize(columns: 100, rows: 40))
        #expect(with.preparation.terminal?.columns == 100)
        #expect(without.requested(change) == .refuse)
    }

    @Test func `ends at a command line beyond the limit, of which the authority hears nothing`() {
        let most = [UInt8](repeating: 65, count: FieldLimits.commandLine)
        var machine = RelayMachine()
        var other = RelayMachine()

        #expect(machine.requested(.exec(commandLine: most)) == .open(.exec(commandLine: most)))
        #expect(
            other.requested(.exec(commandLine: most + [65]))
                == .denyTooLong(bytes: FieldLimits.commandLine + 1)
        )

        #expect(other.ended() == .ignore)
        #expect(other.requested(uptime) == .refuse)
    }

    // MARK: the size of the terminal

    @Test func `tells the target of a size that changed while its transport came up`() {
        var machine = RelayMachine()
        _ = machine.requested(terminal)
        _ = machine.requested(uptime)
        _ = machine.permitted(holdsInput: false)
        #expect(machine.requested(.windowChange(columns: 90, rows: 30)) != .refuse)
        #expect(machine.takeNewSize() == nil)

        _ = machine.programRuns()

        #expect(machine.takeNewSize() == .init(columns: 90, rows: 30))
        #expect(machine.takeNewSize() == nil)
    }

    @Test func `starts with a size that changed while it was decided, which is not told again`() {
        var machine = RelayMachine()
        _ = machine.requested(terminal)
        _ = machine.requested(uptime)
        _ = machine.requested(.windowChange(columns: 90, rows: 30))
        #expect(machine.newSize == .init(columns: 90, rows: 30))

        _ = machine.permitted(holdsInput: false)
        _ = machine.programRuns()

        #expect(machine.preparation.terminal?.columns == 90)
        #expect(machine.takeNewSize() == nil)
    }

    @Test func `leaves the size to a transport that is dialled after the change`() {
        var machine = RelayMachine()
        _ = machine.requested(terminal)
        _ = machine.requested(uptime)
        _ = machine.permitted(holdsInput: false)
        _ = machine.requested(.windowChange(columns: 100, rows: 40))

        machine.targetLost()
        _ = machine.retried()
        _ = machine.programRuns()

        #expect(machine.takeNewSize() == nil)
    }

    // MARK: signals

    @Test(arguments: Stage.all(but: .running))
    fileprivate func `passes no signal on while no program runs`(_ stage: Stage) {
        var machine = stage.machine

        #expect(machine.signalled("TERM") == false)
    }

    @Test func `passes a hundred signals on, and no more`() {
        var machine = Stage.running.machine

        let passed = (1...101).map { _ in machine.signalled("USR1") }

        #expect(passed == Array(repeating: true, count: 100) + [false])
    }

    @Test func `keeps eight signals for the program that does not run yet, and no more`() {
        var machine = Stage.deciding.machine
        for number in 1...4 { _ = machine.signalled("\(number)") }
        _ = machine.permitted(holdsInput: false)
        for number in 5...9 { _ = machine.signalled("\(number)") }

        #expect(machine.programRuns() == (1...8).map { "\($0)" })

        let passed = (1...93).map { _ in machine.signalled("USR1") }
        #expect(passed == Array(repeating: true, count: 92) + [false])
    }

    // MARK: the target

    @Test func `starts at a permit, and again after each lost transport`() {
        var machine = Stage.deciding.machine

        #expect(machine.permitted(holdsInput: false) == .start(opensUptime))
        for _ in 1...3 {
            machine.targetLost()
            #expect(machine.isStarting == false)
            #expect(machine.retried() == .start(opensUptime))
            #expect(machine.isStarting == true)
        }
        #expect(machine.isSetUp == false)
        _ = machine.programRuns()
        #expect(machine.isSetUp == true)
    }

    @Test func `starts when the input that it is permitted for is there`() {
        var machine = Stage.deciding.machine

        #expect(machine.permitted(holdsInput: true) == .hold)
        #expect(machine.isStarting == false && machine.isSetUp == false)
        #expect(machine.inputIsThere() == .start(opensUptime))
        #expect(machine.isStarting == true)
    }

    @Test(arguments: Stage.all(but: .holding))
    fileprivate func `waits for no input that nobody promised`(_ stage: Stage) {
        var machine = stage.machine

        #expect(machine.inputIsThere() == .ignore)
    }

    @Test(arguments: Stage.all(but: .deciding))
    fileprivate func `is permitted once, when it asked`(_ stage: Stage) {
        var machine = stage.machine

        #expect(machine.permitted(holdsInput: false) == .ignore)
    }

    @Test(arguments: Stage.all(but: .waiting))
    fileprivate func `takes another socket where it lost one`(_ stage: Stage) {
        var machine = stage.machine

        #expect(machine.retried() == .ignore)
    }

    // MARK: the end

    @Test(arguments: Stage.allCases)
    fileprivate func `is reported once, where the authority was asked about it`(_ stage: Stage) {
        var machine = stage.machine
        let expected: RelayMachine.EndAction =
            switch stage {
            case .preparing: .close
            case .deciding, .holding, .starting, .waiting, .running: .report
            case .closing, .closed: .ignore
            }

        #expect(machine.ended() == expected)

        #expect(machine.ended() == .ignore)
        #expect(machine.connectionLost() == .ignore)
        #expect(machine.permitted(holdsInput: false) == .ignore)
        #expect(machine.retried() == .ignore)
        #expect(machine.inputIsThere() == .ignore)
    }

    @Test(arguments: Stage.allCases)
    fileprivate func `is reported once and closed at once when its connection is lost`(
        _ stage: Stage
    ) {
        var machine = stage.machine
        let isOpen = [.deciding, .holding, .starting, .waiting, .running].contains(stage)

        #expect((machine.connectionLost() == .report) == isOpen)

        #expect(machine.isClosed == true)
        #expect(machine.ended() == .ignore)
    }

    @Test(arguments: Stage.allCases)
    fileprivate func `ends by the loss of its target, where its client is found gone as well`(
        _ stage: Stage
    ) {
        let machine = stage.machine

        let both = machine.causeWithoutClient(.clientClosed, isTargetLost: true)
        let clientOnly = machine.causeWithoutClient(.clientSilent, isTargetLost: false)

        #expect(both == (stage == .running ? .targetLost : .clientClosed))
        #expect(clientOnly == .clientSilent)
    }

    @Test(arguments: Stage.allCases)
    fileprivate func `is closed when everything is handed on, not before it ends`(_ stage: Stage) {
        var machine = stage.machine

        machine.handedOn()

        #expect(machine.isClosed == [.closing, .closed].contains(stage))
    }
}
