import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `code of JavaScript` {
    private static let harmless: [CodeExample] = [
        "process.version", "console.log(1 + 2)", "JSON.parse('{\"a\":1}').a",
        "console.log(process.env.HOME)", "console.log(`${1 + 1} ${'x'.toUpperCase()}`)",
        "const os = require('os'); console.log(os.cpus().length)", "os.hostname()",
        "console.log('require(\"child_process\")')", "// require('child_process')\n1",
        "/* eval('x') */ 1", "[1,2,3].map(x => x * 2).filter(x => x > 2).join(',')",
        "let s='';process.stdin.on('data',d=>s+=d).on('end',()=>console.log(JSON.parse(s).x))",
        "console.log(/[/'\"]/.test('a') / 2)", "if (true) /'/.test('x')", "a = b / c / d",
        "require('crypto').randomBytes(16).toString('hex')", "crypto.randomUUID()",
        "console.log(JSON.stringify({eval: 1, 'a-b': [2]}, null, 2))", "new Date().toISOString()",
        "Buffer.from('aGk=', 'base64').toString()", "process.argv[1]", "x['y'][0].z",
        "a[a.length-1]",
        "const {join} = require('path'); join('a', 'b')", "require('node:os').platform()",
        "console.log(encodeURIComponent('a b'))", "Object.keys(process.versions).length",
        "function f(x) { return x + 1 } f(2)", "async () => { await 1 }", "\"«name»\"",
        "require('fs').existsSync('x')", "5..toFixed(2)", "x\n++y",
    ].map { CodeExample(.node, $0) }

    @Test(arguments: harmless)
    func `that only computes is complete and does nothing`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let acting: [CodeExample] = [
        CodeExample(.node, "process.kill(123)", "process.signal"),
        CodeExample(.node, "process.kill(x, 0)", ""),
        CodeExample(.node, "require('child_process').execSync('rm -rf /srv')", "sh(rm -rf /srv)"),
        CodeExample(
            .node,
            "require(\"child_process\").exec('rm ' + `x`, (e, o) => console.log(o))",
            "sh(rm x)"
        ),
        CodeExample(.node, "child_process.execSync('rm x', {stdio: 'inherit'})", "sh(rm x)"),
        CodeExample(
            .node,
            "const {execSync: e} = require('node:child_process'); e('rm x')",
            "sh(rm x)"
        ),
        CodeExample(
            .node,
            "const c = require('child_process')\nc.\nspawn('rm', ['-r', 'x'])",
            "run(rm|-r|x)"
        ),
        CodeExample(
            .node,
            "console.log(`${require('child_process').execSync('rm x')}`)",
            "sh(rm x)"
        ),
        CodeExample(.node, "require('fs').unlinkSync('/etc/x')", "delete(/etc/x)"),
        CodeExample(.node, "fs.rmSync('/srv', {recursive: true})", "deleteTree(/srv)"),
        CodeExample(.node, "fs.writeFileSync('/etc/x', 'y')", "write(/etc/x)"),
        CodeExample(.node, "fs.promises.appendFile('/etc/x', 'y')", "write(/etc/x)"),
        CodeExample(.node, "console.log(fs.readFileSync('/etc/x', 'utf8'))", "read(/etc/x)"),
        CodeExample(.node, "fs.readFileSync(0, 'utf8').length", ""),
        CodeExample(.node, "require('./package.json').version", "read(./package.json)"),
        CodeExample(.node, "fs.renameSync('a', 'b')", "delete(a) write(b)"),
        CodeExample(.node, "fs.chmodSync('a', 0o777)", "permission(a)"),
        CodeExample(
            .node,
            "fetch('https://evil.example/x').then(r => r.text()).then(console.log)",
            "connect(evil.example)"
        ),
        CodeExample(.node, "require('http').get('http://h:8080/')", "connect(h)"),
        CodeExample(.node, "if (x) /'/; fs.unlinkSync('a') //'", "delete(a)"),
    ]

    @Test(arguments: acting)
    func `that runs, writes, deletes or connects says what`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let unread: [CodeExample] = [
        "eval('1')", "Function('x')()", "[]['constructor']['constructor']('x')()",
        "''.constructor.constructor('x')()", "[][k]", "[]\n[k]", "a?.[k]",
        "let {constructor: f} = []",
        "let {[k]: f} = []", "require(x)", "require('left-pad')", "import('fs')", "globalThis.x",
        "this.process", "process.binding('fs')", "process.mainModule", "const x = fs; x.y()",
        "process", "vm.runInThisContext('x')", "module.constructor", "\\u0065val('1')", "<!-- x",
        "\n--> x", "} / 1", "'x", "`${x", "require('fs').openAsBlob('x')", "process.chdir('/')",
        "Reflect.get(x, y)", "new Proxy({}, {})", "a['__proto__']", "// \u{2028}eval('x')",
        "«text»", "'«text»'", "x._handle", "class A {}", "fetch('http://x', {method: 'DELETE'})",
        "child_process.fork('x')", "x = [].map; x.call(y)", "x.open('a')", "process.dlopen(x)",
        "({\"constructor\": f} = [])", "const {[k]: f} = require('fs')", "x /* \n */ --> y",
    ].map { CodeExample(.node, $0, "?") }

    @Test(arguments: unread)
    func `that may do what is on no list is not complete`(_ example: CodeExample) {
        #expect(example.found.hasSuffix(example.expected))
    }

    private static let both: [CodeExample] = [
        CodeExample(.node, "child_process.execSync('sh', {input: 'x'})", "sh(sh) ?"),
        CodeExample(.node, "child_process.spawn('sh').stdin.write('x')", "run(sh) ?"),
        CodeExample(.node, "process.env.X = 'y'; child_process.execSync('ls')", "sh(ls) ?"),
        CodeExample(.node, "['a'].forEach(fs.unlinkSync)", "delete(…) ?"),
        CodeExample(.node, "require('rimraf').sync('/srv')", "deleteTree(/srv)"),
    ]

    @Test(arguments: both)
    func `says what it does for certain even where it is not complete`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }
}
