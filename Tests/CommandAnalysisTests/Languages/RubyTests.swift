import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `code of Ruby` {
    private static let harmless: [CodeExample] = [
        "puts 1 + 2", "puts \"#{1 + 1} #{'x'.upcase}\"", "puts \"system('x')\"",
        "# system 'x'\nputs 1",
        "require 'json'; puts JSON.parse(STDIN.read)['a']", "puts $_ if /x/",
        "print if $_ =~ /a\\/b/",
        "puts RUBY_VERSION", "puts ARGV[0], ARGV.length",
        "puts [1, 2].map { |x| x * 2 }.inject(:+)", "puts %w(a b).join(',')",
        "$_.gsub!(/a/, 'b')", "puts ARGF.each_line.map(&:chomp).sort.uniq",
        "puts Time.now.strftime('%F')",
        "require 'securerandom'; puts SecureRandom.hex(16)", "puts ENV['HOME']",
        "puts ?a, :b, {a: 1, 'c' => 2}",
        "require 'base64'; puts Base64.decode64(gets)", "x = 3\nputs x > 2 ? 'a' : 'b'",
        "puts x / 2 if x",
        "puts [1, 2, 3].reduce(0) { |a, b| a + b }",
        "STDIN.each_line { |l| puts l if l =~ %r{/x} }",
        "puts File.exist?('x'), Dir.glob('*.rb').length", "puts 10.times.to_a.sum",
        "a << 1; puts a",
        "puts Math.sqrt(2), Float::INFINITY",
        "begin; Integer('x'); rescue ArgumentError => e; puts e.message; end",
        "puts '«name»'", "require 'uri'; puts URI.parse('http://x/').host", "puts %q(system), %(a)",
        "require 'yaml'; puts YAML.safe_load(STDIN.read).keys", "puts __FILE__ if x and not y",
        "def f(x)\n  x + 1\nend\nputs f(2)", "puts 'a' 'b', \"a\\#{x}\"",
    ].map { CodeExample(.ruby, $0) }

    @Test(arguments: harmless)
    func `that only computes is complete and does nothing`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let acting: [CodeExample] = [
        CodeExample(.ruby, "Process.kill(:TERM, 123)", "process.signal"),
        CodeExample(.ruby, "Process.kill(0, 123)", ""),
        CodeExample(.ruby, "system('rm -rf /srv')", "sh(rm -rf /srv)"),
        CodeExample(.ruby, "system 'rm', '-rf', \"/srv\" if x", "run(rm|-rf|/srv)"),
        CodeExample(.ruby, "exec *%w(rm x)", "run(…*) ?"),
        CodeExample(.ruby, "puts `rm x`", "sh(rm x)"),
        CodeExample(.ruby, "puts %x(rm (x))", "sh(rm (x))"),
        CodeExample(.ruby, "puts \"#{`rm x`}\"", "sh(rm x)"),
        CodeExample(.ruby, "puts %Q[#{system(\"rm x\")}]", "sh(rm x)"),
        CodeExample(.ruby, "puts(/#{system('rm x')}/)", "sh(rm x)"),
        CodeExample(.ruby, "x ? 1 :system('rm x')", "sh(rm x)"),
        CodeExample(.ruby, "x ? 1 :/\"/;system('rm x');\"/\"", "sh(rm x)"),
        CodeExample(.ruby, "Kernel.system('rm x')", "sh(rm x)"),
        CodeExample(.ruby, "IO.popen('ls').read", "sh(ls)"),
        CodeExample(.ruby, "IO.popen('sh', 'w') { |f| f.puts 'x' }", "pipe(sh)"),
        CodeExample(.ruby, "require 'open3'; puts Open3.capture2('ls', '-l')[0]", "run(ls|-l)"),
        CodeExample(.ruby, "open('| sh')", "pipe( sh)"),
        CodeExample(.ruby, "open('/etc/x', 'w') { |f| f.write 'y' }", "write(/etc/x)"),
        CodeExample(.ruby, "File.write('/etc/x', 'y')", "write(/etc/x)"),
        CodeExample(.ruby, "puts File.read '/etc/x'", "read(/etc/x)"),
        CodeExample(.ruby, "File.open('/etc/x', 'a').puts 'y'", "write(/etc/x)"),
        CodeExample(.ruby, "File.delete('a', 'b')", "delete(a) delete(b)"),
        CodeExample(.ruby, "require 'fileutils'; FileUtils.rm_rf '/srv'", "deleteTree(/srv)"),
        CodeExample(.ruby, "require 'fileutils'; FileUtils.rm %w[a b]", "delete(a) delete(b)"),
        CodeExample(.ruby, "File.rename('a', 'b')", "delete(a) write(b)"),
        CodeExample(.ruby, "File.chmod(0777, '/etc/x')", "permission(/etc/x)"),
        CodeExample(.ruby, "require 'net/http'; puts Net::HTTP.get('http://h/')", "connect(h)"),
        CodeExample(.ruby, "require 'open-uri'; puts URI.open('http://h/x').read", "connect(h)"),
    ]

    @Test(arguments: acting)
    func `that runs, writes, deletes or connects says what`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let unread: [CodeExample] = [
        "eval 'x'", "send(:system, 'x')", "'x'.instance_eval('y')", "Kernel.send(:x)", "x = Kernel",
        "method(:puts)", "Object.const_get(:Kernel)", "require 'foo'", "require x", "load 'x'",
        "[1, 'x'].reduce(:instance_eval)", "[1].inject('instance_eval')", "[1].each(&s)",
        "[1].map(&:eval)",
        "IO.read('| rm x')", "class A; end", "alias s system", "include FileUtils", "puts <<X\nX\n",
        "x /y/", "x %y", "fork", "trap('INT', 'x')", "$: << '/tmp'", "f = File", "x.()", "puts 'x",
        "«text»", "puts \"«text»\"", "«name»", "String::Kernel.x", "=begin\nx\n=end", "__END__",
        "open(x)",
        "to_enum(:instance_eval, 'x').y", "Process.daemon", "Struct.new(:a)", "puts 1\r# x",
        "\u{e9}",
        "`x", "%x", "ARGV.replace(['x']); gets", "ARGV << 'x'", "ARGV[0] = 'x'", "ObjectSpace",
        "ERB.new('x').result",
    ].map { CodeExample(.ruby, $0, "?") }

    @Test(arguments: unread)
    func `that may do what is on no list is not complete`(_ example: CodeExample) {
        #expect(example.found.hasSuffix(example.expected))
    }

    private static let both: [CodeExample] = [
        CodeExample(.ruby, "system('ls', chdir: '/')", "sh(ls) ?"),
        CodeExample(.ruby, "system({'X' => 'y'}, 'ls')", "sh(ls) ?"),
        CodeExample(.ruby, "system('rm x«text»", "sh(rm x…) ?"),
        CodeExample(.ruby, "ENV['X'] = 'y'; system 'ls'", "sh(ls) ?"),
        CodeExample(.ruby, "puts 1", "?", CodeOptions(modules: ["un"])),
        CodeExample(.ruby, "puts 1", "", CodeOptions(modules: ["json"])),
    ]

    @Test(arguments: both)
    func `says what it does for certain even where it is not complete`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }
}
