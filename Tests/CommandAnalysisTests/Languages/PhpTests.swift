import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `code of PHP` {
    private static let harmless: [CodeExample] = [
        "echo 1 + 2;", "echo PHP_VERSION, PHP_EOL;", "phpinfo();",
        "print_r(get_loaded_extensions());",
        "echo json_decode(file_get_contents('php://stdin'), true)['a'];",
        "echo \"$x {$y['z']} $w[0]\";",
        "echo 'system(\"x\")'; // system('x')", "# system('x')\necho 1;",
        "/* system('x') */ echo 1;",
        "foreach ([1, 2] as $k => $v) { echo $k > 1 ? 'a' : 'b'; }", "echo date('c'), time();",
        "echo implode(',', array_map(fn($x) => $x * 2, [1, 2]));",
        "echo (new DateTime())->format('c');",
        "while (($l = fgets(STDIN)) !== false) echo strtoupper($l);", "var_dump((int)'3', @$x);",
        "echo password_hash('x', PASSWORD_DEFAULT);", "echo '«name»', «digits»;",
        "echo ini_get('memory_limit');",
        "echo preg_replace('/a/i', 'b', 'a');", "echo base64_decode('eA=='), Strlen('x');",
        "usort($a, function($x, $y) use ($z) { return $x - $y; });",
        "echo extension_loaded('curl') ? 1 : 0;",
    ].map { CodeExample(.php, $0) }

    private static let acting: [CodeExample] = [
        CodeExample(.php, "posix_kill(123, 9);", "process.signal"),
        CodeExample(.php, "posix_kill(123, 0);", ""),
        CodeExample(.php, "system('rm -rf /srv');", "sh(rm -rf /srv)"),
        CodeExample(.php, "SYSTEM('rm ' . 'x');", "sh(rm x)"),
        CodeExample(.php, "\\system(\"rm x\");", "sh(rm x)"),
        CodeExample(.php, "echo `rm x`, `rm $x`;", "sh(rm x) sh(rm …)"),
        CodeExample(.php, "echo \"{$x[system('rm x')]}\";", "sh(rm x)"),
        CodeExample(
            .php,
            "echo shell_exec('ls'); passthru(\"id\"); exec('w', $o);",
            "sh(ls) sh(id) sh(w)"
        ),
        CodeExample(.php, "popen('sh', 'w');", "pipe(sh)"),
        CodeExample(.php, "unlink('/etc/x');", "delete(/etc/x)"),
        CodeExample(.php, "file_put_contents('/etc/x', 'y');", "write(/etc/x)"),
        CodeExample(.php, "fwrite(fopen('/etc/x', 'a'), 'y');", "write(/etc/x)"),
        CodeExample(.php, "echo file_get_contents('/etc/x');", "read(/etc/x)"),
        CodeExample(.php, "echo file_get_contents('http://h/x');", "connect(h)"),
        CodeExample(
            .php,
            "rename('a', 'b'); chmod('c', 0777);",
            "delete(a) write(b) permission(c)"
        ),
        CodeExample(.php, "array_map(fn($x) => unlink($x), $y);", "delete(…)"),
    ]

    @Test(arguments: harmless + acting)
    func `is complete where only listed functions are called`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let unread: [CodeExample] = [
        "eval('x');", "$f('x');", "'system'('x');", "[$x, 'y']();", "(fn() => 1)();", "$$x = 1;",
        "${'x'} = 1;",
        "call_user_func('system', 'x');", "array_map('system', ['x']);", "usort($x, 'system');",
        "assert('x');",
        "include 'x';", "require_once('x');", "new Foo;", "new $x;", "$x->y();", "X::y();",
        "$x->$y;",
        "preg_replace('/x/e', 'y', 'z');", "preg_replace($x, 'y', 'z');", "echo 1; ?> x",
        "// ?> <?php system('x')",
        "echo <<<X\nX;", "function system2() {}", "namespace x; system('y');", "unserialize($x);",
        "create_function('', 'x');",
        "file_get_contents('expect://rm');", "file_get_contents('phar://x');",
        "mail('a', 'b', 'c');", "foo();",
        "echo \"${x}\";", "«text»", "«name»", "echo '«text»';", "echo 'x", "A\\system('x');",
        "class A {}",
        "array_filter($x, 'system');", "goto x;", "extract($x);",
        "filter_var('x', FILTER_CALLBACK, ['options' => 'system']);", "file_exists('phar://x');",
        "putenv('X=y');",
        "#[X]\nsystem2();",
    ].map { CodeExample(.php, $0, "?") }

    @Test(arguments: unread)
    func `that may do what is on no list is not complete`(_ example: CodeExample) {
        #expect(example.found.hasSuffix(example.expected))
    }
}
