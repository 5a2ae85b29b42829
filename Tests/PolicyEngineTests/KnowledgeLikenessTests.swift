import CommandAnalysis
import PolicyEngine
import ShellSyntax
import Testing

@Suite struct `a program that is like another` {
    @Test func `has all of its definition`() throws {
        let base = try KnowledgeSamples.read(
            "programs: {a: {like: b}, c: {}}",
            "programs: {b: {style: posix, options: [-x = t], does: file.read if t, reader: find}}"
        )
        #expect(base.programs["a"] == base.programs["b"])
        #expect(base.programs["a"] != base.programs["c"])
    }

    @Test func `has its own options, subcommands and usages instead`() throws {
        let base = try KnowledgeSamples.read(
            """
            programs:
              docker:
                style: plain
                options: [-a --all = all, -b]
                does: host.power
                commands:
                  run start: {operands: IMAGE COMMAND...}
                  stop: {operands: CONTAINER}
              podman:
                like: docker
                options: [-a READ, -c]
                commands: {start: {}, pod: {}}
              other: {like: docker, operands: READ}
            """
        )
        let podman = try #require(base.programs["podman"])
        #expect(podman.style == .plain)
        #expect(podman.options.map(\.spellings) == [["-a"], ["-c"], ["--all"], ["-b"]])
        #expect(podman.commands.map(\.names) == [["start"], ["pod"], ["run"], ["stop"]])
        #expect(podman.usages == base.programs["docker"]?.usages)
        #expect(base.programs["other"]?.usages[0].effects == [])
    }

    @Test func `can be a subcommand that is like another one`() throws {
        let base = try KnowledgeSamples.read(
            """
            programs:
              docker:
                style: plain
                options: [-H = far]
                commands:
                  run: {operands: IMAGE COMMAND..., does: container.change if far}
                  container: {commands: {run: {like: docker run}}}
            """
        )
        let docker = try #require(base.programs["docker"])
        #expect(docker.commands[1].knowledge.commands[0].knowledge == docker.commands[0].knowledge)
        #expect(docker.commands[0].knowledge.style == .plain)
    }

    @Test func `is refused where that one is not there`() {
        #expect(
            KnowledgeSamples.findings(
                """
                programs:
                  docker: {commands: {run: {}}}
                  a: {like: dokcer}
                  b: {like: docker rnu}
                  c: {like: docker run}
                """
            ) == [
                "a.yaml:3: `like`: there is no program `dokcer`; did you mean `docker`?",
                "a.yaml:4: `like`: there is no subcommand of `docker` `rnu`; did you mean `run`?",
            ]
        )
    }

    @Test func `is refused where it is like itself`() {
        #expect(
            KnowledgeSamples.findings(
                "programs:\n  a: {like: b}\n  b: {like: a}\n  c: {commands: {x: {like: c}}}"
            ) == [
                "a.yaml:2: `a` is like itself, by way of others",
                "a.yaml:4: `c` is like itself, by way of others",
            ]
        )
    }
}
