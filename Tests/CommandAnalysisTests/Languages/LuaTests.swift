import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `code of Lua` {
    private static let harmless: [CodeExample] = [
        "print(1 + 2)", "print(('x'):rep(3))", "for l in io.lines() do print(l:upper()) end",
        "print(os.date(), os.getenv('HOME'))", "-- os.execute('x')\nprint(1)",
        "--[[ os.execute('x') ]] print(1)", "print[[os.execute('x')]]",
        "print(string.format('%d', 3))",
        "local t = {1, 2}; table.insert(t, 3); print(#t, t[1], t['a'], t.b)", "print('a' .. 'b')",
        "io.write(math.floor(2.5), '\\n')", "print(_VERSION)", "print('«name»')",
    ].map { CodeExample(.lua, $0) }

    private static let acting: [CodeExample] = [
        CodeExample(.lua, "os.execute('rm -rf /srv')", "sh(rm -rf /srv)"),
        CodeExample(.lua, "os.execute\n[==[rm x]==]", "sh(rm x)"),
        CodeExample(.lua, "os.execute\"\\114m\\z  x\"", "sh(rmx)"),
        CodeExample(.lua, "os . execute('rm ' .. 'x')", "sh(rm x)"),
        CodeExample(.lua, "print(io.popen('ls'):read('*a'))", "sh(ls)"),
        CodeExample(.lua, "io.popen('sh', 'w'):write('x')", "pipe(sh)"),
        CodeExample(.lua, "os.remove('/etc/x')", "delete(/etc/x)"),
        CodeExample(.lua, "os.rename('a', 'b')", "delete(a) write(b)"),
        CodeExample(.lua, "io.open('/etc/x', 'w'):write('y')", "write(/etc/x)"),
        CodeExample(.lua, "for l in io.lines('/etc/x') do print(l) end", "read(/etc/x)"),
        CodeExample(.lua, "--[==[ ]] ]==] os.execute('rm x')", "sh(rm x)"),
    ]

    @Test(arguments: harmless + acting)
    func `is complete where only listed functions are called`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let unread: [CodeExample] = [
        "load('x')()", "loadstring('x')()", "dofile('x')", "require 'x'",
        "_G['os']['execute']('x')",
        "os['execute']('x')", "local o = os", "debug.getregistry()", "getmetatable('')", "print('x",
        "--[[ x", "string.dump(f)", "local e = _ENV", "x.__index()", "«text»", "f = os.execute",
    ].map { CodeExample(.lua, $0, "?") }

    @Test(arguments: unread)
    func `that may do what is on no list is not complete`(_ example: CodeExample) {
        #expect(example.found.hasSuffix(example.expected))
    }
}
