import CommandAnalysis
import ShellSyntax
import Testing

/// Tried with Perl 5.36 where it accepts them.
@Suite struct `code of Perl` {
    private static let loop = CodeOptions(isLoop: true)

    private static let harmless: [CodeExample] = [
        "print if /x/", "s/a/b/", "s/(\\d+)/$1+1/ge", "print \"$F[0]\\n\"",
        "print $1 if m{^/x/(\\w+)}",
        "$s += $_; END { print $s }", "}{ print $.", "tr/a-z/A-Z/", "print unless $seen{$_}++",
        "print \"system('rm x')\"", "# system('rm x')\nprint", "next if /^#/; print",
        "printf \"%s > %d\\n\", $F[0], $F[1] / 2 if $F[1] > 5", "print q(`rm x`), qq{a}, 'b'",
        "my @x = sort { $a <=> $b } map { $_ * 2 } grep { /x/ } <STDIN>; print \"@x\"",
        "print scalar(localtime), \"\\n\"", "print join(',', sort keys %h), \"\\n\"",
        "print for reverse <>",
        "while (<>) { chomp; my ($a, $b) = split /,/; print \"$a\\t$b\\n\" }",
        "print \"${x}y$h{key}$a->[0]\"",
        "print time / 60", "print \"«name»\" if $. == «digits»", "/«name»/ and print",
        "say for 1..5",
        "use strict; use warnings; use List::Util qw(sum); print sum(1, 2)",
        "print -s \"x\", -e 'y'",
        "use JSON::PP; print JSON::PP->new->pretty->encode(decode_json(join '', <STDIN>))",
        "use POSIX qw(strftime); print strftime('%F', localtime)", "print \"a\" x 3, \"\\n\"",
        "BEGIN { $/ = undef } s/\\n+/\\n/g", "print shift // 'x'",
        "if (/x/) { print } else { $n++ }",
        "print POSIX::floor(2.5)", "print \"yes\" if $x eq 'y' && $z =~ m!a/b!i",
        "undef $/; $_ = <STDIN>",
        "use MIME::Base64; print encode_base64('x')", "$_ = sprintf '%02d', $_",
        "@F = (1, 2); print $#F",
        "local $| = 1; print $ENV{HOME}", "s#/usr/lib#/opt#g", "y/a/b/; s{a}{b}x; print $&",
        "sub f { return $_[0] + 1 } print f(2)", "print { STDERR => 1 }", "print STDERR \"x\\n\"",
        "my %h = (system => 1, q => 2); print $h{system}, $h{q}, $h{y}",
        "print \"user\\@host \\$5\"",
        "s/^\\s+|\\s+$//g", "print if 5 .. 10", "print ucfirst lc", "print crypt('x', '\\$6\\$y')",
        "s/a$/b/; s/$x/y/", "eval { die 'x' }; print $@",
    ].map { CodeExample(.perl, $0, "", loop) }

    @Test(arguments: harmless)
    func `that only computes is complete and does nothing`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let acting: [CodeExample] = [
        CodeExample(.perl, "system('rm -rf /srv')", "sh(rm -rf /srv)"),
        CodeExample(.perl, "system 'rm', '-rf', '/srv'", "run(rm|-rf|/srv)"),
        CodeExample(.perl, "exec qw(rm -rf /srv) or die", "run(rm|-rf|/srv)"),
        CodeExample(.perl, "system(q{rm} . \" x\") if 1", "sh(rm x)"),
        CodeExample(.perl, "system \"rm $x\"", "sh(rm …)"),
        CodeExample(.perl, "system @x", "run(…*)"),
        CodeExample(.perl, "print `rm x`", "sh(rm x)"),
        CodeExample(.perl, "my $x = qx'rm $y'; print qx[rm (x)]", "sh(rm $y) sh(rm (x))"),
        CodeExample(.perl, "print \"@{[ system 'rm x' ]}\"", "sh(rm x)"),
        CodeExample(.perl, "print \"${\\ system('rm x')}\"", "sh(rm x)"),
        CodeExample(.perl, "print \"$h{`rm x`}\"", "sh(rm x)"),
        CodeExample(.perl, "s/x/`rm x`/e", "sh(rm x)"),
        CodeExample(.perl, "s{a}\n{system 'rm x'}ge", "sh(rm x)"),
        CodeExample(.perl, "m/@{[ `rm x` ]}/", "sh(rm x)"),
        CodeExample(.perl, "if (/x/) { system('rm x') }", "sh(rm x)"),
        CodeExample(.perl, "print getlogin / 2; system('rm x'); 1 / 2", "sh(rm x)"),
        CodeExample(.perl, "print pos // /\"/; system('rm x') #\"/", "sh(rm x)"),
        CodeExample(.perl, "print 1 ? /'/ : 2; system(\"rm x\") #'", "sh(rm x)"),
        CodeExample(.perl, "$h{x} / 2; system('rm x') / 1", "sh(rm x)"),
        CodeExample(.perl, "print q#'#; system('rm x')", "sh(rm x)"),
        CodeExample(.perl, "print y =>'; ', system('rm x')", "sh(rm x)"),
        CodeExample(.perl, "print q xax; system('rm x')", "sh(rm x)"),
        CodeExample(.perl, "unlink 'a', glob('*.o')", "delete(a) delete(…)"),
        CodeExample(.perl, "unlink", "delete(…)"),
        CodeExample(.perl, "print /$#{%x; system q(rm x) } /", "sh(rm x)"),
        CodeExample(.perl, "print \"$#{[`rm x`]}\"", "sh(rm x)"),
        CodeExample(.perl, "unlink for <*.tmp>", "delete(…)"),
        CodeExample(.perl, "for (@x) {unlink}", "delete(…)"),
        CodeExample(.perl, "rmdir('/srv')", "delete(/srv)"),
        CodeExample(.perl, "use File::Path; rmtree('/srv')", "deleteTree(/srv)"),
        CodeExample(.perl, "rename 'a', 'b' or die", "delete(a) write(b)"),
        CodeExample(
            .perl,
            "chmod 0777, '/etc/x', '/etc/y'",
            "permission(/etc/x) permission(/etc/y)"
        ),
        CodeExample(.perl, "chown 0, 0, '/etc/x'", "permission(/etc/x)"),
        CodeExample(.perl, "open(F, '>/etc/x'); print F 'y'", "write(/etc/x)"),
        CodeExample(.perl, "open my $f, '>>', '/etc/x' or die", "write(/etc/x)"),
        CodeExample(.perl, "open(my $f, '<:utf8', \"/etc/x\")", "read(/etc/x)"),
        CodeExample(.perl, "open F, 'rm x |'", "sh(rm x )"),
        CodeExample(.perl, "open F, '| sh'; print F 'x'", "pipe(sh)"),
        CodeExample(.perl, "open my $f, '-|', 'rm', 'x'", "run(rm|x)"),
        CodeExample(.perl, "open my $f, '|-', 'sh'", "pipe(sh)"),
        CodeExample(.perl, "open STDERR, '>&STDOUT'", ""),
        CodeExample(
            .perl,
            "mkdir '/etc/x'; symlink 'a', 'b'",
            "write(/etc/x) read(a) write(a) write(b)"
        ),
        CodeExample(.perl, "kill 9, 123", "process.signal"),
        CodeExample(.perl, "kill 0, 123", ""),
        CodeExample(.perl, "print 'up' if kill 0, $ARGV[0]", ""),
    ]

    @Test(arguments: acting)
    func `that runs, writes or deletes says what`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let unread: [CodeExample] = [
        "eval 'x'", "eval $x", "do 'x.pl'", "require 'x.pl'", "require Foo", "use Foo",
        "use lib '/tmp'",
        "&$x('y')", "&{'system'}('x')", "$x->('y')", "$x->$y()", "'x'->can('y')", "main->can('x')",
        "*x = \\&y", "s/x/y/ee", "/(?{ 1 })/", "/(??{ 1 })/", "fork", "syscall 1", "foo(1)",
        "foo 'x'",
        "CORE::dump()", "IO::File->new('x', 'w')", "open F, $x", "open my $f, $m, $x", "<<X;\nX\n",
        "@INC = ('/tmp')", "$^I = '.bak'", "foo / 2; '/'", "} / 2", "print 'x", "m/x", "s/a/b/k",
        "s/a/b",
        "::q;system q(x);q::", "$'q;system('x');", "x1 / $$;system(q(x));x1 / $$", "print $x-s $y;",
        "foo'bar; '", "::q;system q(x);q::", "$'q;system('x');", "x1 / $$;system(q(x));x1 / $$",
        "print $x-s $y;", "«text»", "print \"«text»\"", "«name»", "q.«name».", "$x«name»",
        "@ARGV = ('rm x|'); print <>", "\n=pod\nx", "__END__\nx", "tie %h, 'x'", "goto &x",
        "chdir '/'",
        "print STDOUT->open('x')", "sub system2 {} system3()", "$x->{a}->()",
        "use POSIX; remove('x')",
        "use Socket; socket(S, 2, 1, 6)", "print {", "fork / 2;'/", "require $x", "print <\"; x",
        "# x\n\u{1}",
    ].map { CodeExample(.perl, $0, "?") }

    @Test(arguments: unread)
    func `that may do what is on no list is not complete`(_ example: CodeExample) {
        #expect(example.found.hasSuffix(example.expected))
    }

    private static let both: [CodeExample] = [
        CodeExample(.perl, "system { $x } 'rm', 'y'", "run(…|y) ?"),
        CodeExample(.perl, "system('rm x«text»", "sh(rm x…) ?"),
        CodeExample(.perl, "$ENV{X} = 'y'; system 'ls'", "sh(ls) ?"),
        CodeExample(.perl, "open my $f, '|-', 'sh', '-s'", "run(sh|-s) ?"),
        CodeExample(.perl, "@ARGV = map { \"$_|\" } @ARGV; print <>", "?"),
        CodeExample(.perl, "BEGIN { push @ARGV, 'rm x|' }", "?", loop),
        CodeExample(.perl, "print 1", "?", CodeOptions(modules: ["Foo"])),
        CodeExample(.perl, "print 1", "?", CodeOptions(modules: ["strict; system('x')"])),
        CodeExample(.perl, "print 1", "", CodeOptions(modules: ["List::Util=sum,max", "-strict"])),
        CodeExample(.perl, "print 1", "", CodeOptions(modules: ["POSIX qw(floor ceil)"])),
        CodeExample(.perl, "}{ print 1", "?"),
        CodeExample(.perl, "local (@ARGV, $/) = ('rm x|'); print <>", "?"),
        CodeExample(.perl, "$ARGV[0] .= '|'; print <>", "?"),
        CodeExample(.perl, "for ($ARGV[0]) { $_ = 'rm x|' } print <>", "?"),
        CodeExample(.perl, "my $x = shift @ARGV; print \"$ARGV[0]\", <>", ""),
        CodeExample(
            .perl,
            "use LWP::Simple; getstore('http://h/', '/etc/x')",
            "connect(h) write(/etc/x)"
        ),
    ]

    @Test(arguments: both)
    func `says what it does for certain even where it is not complete`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }
}
