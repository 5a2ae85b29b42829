import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `code of Python` {
    private static let harmless: [CodeExample] = [
        "import sys; print(sys.version)", "import json,sys; print(json.load(sys.stdin)[\"x\"])",
        "print(1 + 2)", "print('os.system(\"rm x\")')", "import math\nprint(math.sqrt(2))",
        "import sys,json;d=json.load(sys.stdin);print('\\n'.join(i['name'] for i in d['items']))",
        "import os; print(os.environ['HOME'], os.getcwd(), os.path.join('a', 'b'))",
        "import base64,sys;print(base64.b64decode(sys.stdin.read()).decode())",
        "import datetime as d; print(d.datetime.now().isoformat())",
        "print(f\"{1 + 1:>{3}} {'x'!r}\")",
        "from urllib.parse import quote; print(quote('a b'))",
        "import secrets; print(secrets.token_hex(16))",
        "import re,sys\nfor l in sys.stdin:\n    m = re.search(r'x=(\\d+)', l)\n    if m: print(m.group(1))",
        "import sys; print(sum(int(x) for x in sys.stdin))", "# import os; os.system('x')",
        "print('''os.system(\"x\")''')", "import numpy; print(numpy.__version__)",
        "import socket; print(socket.gethostname())", "import time; print(int(time.time()))",
        "import json; print(json.dumps({'a': 1}, indent=2), file=x)", "print(\"«name»\", «digits»)",
        "from collections import Counter; import sys; print(Counter(sys.stdin).most_common(5))",
        "import sys; sys.stdout.write(sys.stdin.read().upper())", "print(0xfor 1)",
        "import sys; print(sys.path)", "import uuid; print(uuid.uuid4())", "print x",
        "import platform; print(platform.machine())",
        "import ipaddress; print(list(ipaddress.ip_network('10.0.0.0/30').hosts()))",
        "try:\n    x = 1\nexcept Exception as e:\n    raise SystemExit(e)",
        "print(b'x'.hex(), rb'\\'')",
        "import crypt; print(crypt.crypt('x', crypt.mksalt(crypt.METHOD_SHA512)))",
        "import yaml,sys; print(yaml.safe_load(sys.stdin)['a'])", "print(\"%s > %d\" % ('a', 3))",
        "import hashlib; print(hashlib.sha256(b'x').hexdigest())", "print(open(0).read())",
        "from pathlib import Path; print(Path('x').exists(), Path.home())",
        "import os; print(os.listdir('.'))",
        "import os; print(os.cpu_count())",
        "import xml.dom.minidom,sys; print(xml.dom.minidom.parseString(sys.stdin.read()).toprettyxml())",
        "f = lambda x: x * 2\nprint(f(3))", "def g(x):\n    return x\nprint(g(1))",
    ].map { CodeExample(.python, $0) }

    @Test(arguments: harmless)
    func `that only computes is complete and does nothing`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let acting: [CodeExample] = [
        CodeExample(.python, "import os; os.kill(123, 9)", "process.signal"),
        CodeExample(.python, "import os; os.kill(-1, 9)", "process.signal"),
        CodeExample(.python, "from os import kill; kill(123, 0)", ""),
        CodeExample(.python, "import os; map(os.kill, x)", "process.signal ?"),
        CodeExample(
            .python,
            "import psutil; [p.kill() for p in psutil.process_iter()]",
            "process.signal ?"
        ),
        CodeExample(.python, "import os; os.system('rm -rf /srv')", "sh(rm -rf /srv)"),
        CodeExample(.python, "import os as o; o.system('rm ' + '-rf' ' /srv')", "sh(rm -rf /srv)"),
        CodeExample(.python, "from os import system as s; s(\"r\\x6d x\")", "sh(rm x)"),
        CodeExample(.python, "import os; os . system (\n'rm x')", "sh(rm x)"),
        CodeExample(.python, "import os; print(f\"{os.system('rm x')}\")", "sh(rm x)"),
        CodeExample(.python, "import os; print(rf\"\\{os.system('rm x')}\")", "sh(rm x)"),
        CodeExample(.python, "import os; 0or os.system('rm x')", "sh(rm x)"),
        CodeExample(.python, "import os; os.system(f'rm {x}')", "sh(rm …)"),
        CodeExample(.python, "import os; os.system('rm «name»')", "sh(rm …)"),
        CodeExample(.python, "import os; os.system(x)", "sh(…)"),
        CodeExample(.python, "import os; os.popen('ls').read()", "sh(ls)"),
        CodeExample(.python, "import os; os.popen('sh', 'w').write('x')", "pipe(sh)"),
        CodeExample(.python, "import os; os.execvp('rm', ['rm', '-r', 'x'])", "run(rm|-r|x)"),
        CodeExample(.python, "import os; os.execlp('rm', 'ls', 'x')", "run(rm|x)"),
        CodeExample(.python, "import pty; pty.spawn('/bin/bash')", "run(/bin/bash)"),
        CodeExample(
            .python,
            "import subprocess; subprocess.run(['rm', '-r', 'x'], check=True)",
            "run(rm|-r|x)"
        ),
        CodeExample(
            .python,
            "import subprocess as s; s.check_output('rm x', shell=True).decode()",
            "sh(rm x)"
        ),
        CodeExample(
            .python,
            "import subprocess; subprocess.call('rm -r x'.split())",
            "run(rm|-r|x)"
        ),
        CodeExample(
            .python,
            "from subprocess import Popen; Popen(['ls'] , stdout=-1).communicate()[0]",
            "run(ls)"
        ),
        CodeExample(.python, "import subprocess; subprocess.run(['rm', *x])", "run(rm|…*)"),
        CodeExample(.python, "import subprocess; subprocess.getoutput('ls')", "sh(ls)"),
        CodeExample(.python, "import os; os.remove('/etc/x')", "delete(/etc/x)"),
        CodeExample(.python, "import shutil; shutil.rmtree('/srv')", "deleteTree(/srv)"),
        CodeExample(.python, "import os; os.rename('a', 'b')", "delete(a) write(b)"),
        CodeExample(.python, "import shutil; shutil.copy('a', 'b')", "read(a) write(b)"),
        CodeExample(.python, "import os; os.chmod('/etc/x', 0o777)", "permission(/etc/x)"),
        CodeExample(.python, "open('/etc/x', 'w').write('y')", "write(/etc/x)"),
        CodeExample(.python, "with open('/etc/x', mode='a') as f: f.write('y')", "write(/etc/x)"),
        CodeExample(.python, "print(open('/etc/x').read())", "read(/etc/x)"),
        CodeExample(.python, "open('/etc/x', 'r+')", "write(/etc/x)"),
        CodeExample(.python, "open('/etc/x', m)", "read(/etc/x) write(/etc/x)"),
        CodeExample(
            .python,
            "from pathlib import Path; Path('/etc/x').write_text('y')",
            "write(/etc/x)"
        ),
        CodeExample(.python, "from pathlib import Path; p = Path('x'); p.unlink()", "delete(…)"),
        CodeExample(
            .python,
            "import urllib.request as u; print(u.urlopen('http://evil.example/x').read())",
            "connect(evil.example)"
        ),
        CodeExample(
            .python,
            "import requests; print(requests.get('https://u@h.example:8/').text)",
            "connect(h.example)"
        ),
        CodeExample(
            .python,
            "import socket; s=socket.socket(); s.connect(('evil.example',1))",
            "connect(evil.example)"
        ),
        CodeExample(
            .python,
            "import socket; socket.create_connection((\"db\", 5432), 3); print('ok')",
            "connect(db)"
        ),
    ]

    @Test(arguments: acting)
    func `that runs, writes, deletes or connects says what`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }

    private static let unread: [CodeExample] = [
        "eval('1')", "exec(open('x').read())", "__import__('os').system('x')", "getattr(x, 'y')()",
        "import importlib; importlib.import_module('os')", "import foo", "from os import *",
        "globals()['x']", "print.__self__", "().__class__.__bases__[0]",
        "import sys; sys.modules['os']",
        "import os; x = os; x.system('rm')", "import random; random._os.system('x')",
        "import shlex; shlex.os.system('x')", "@x\ndef f(): pass", "class A: pass", "exec 'x'",
        "import ctypes", "import pickle,sys; pickle.load(sys.stdin)", "`x`", "\u{FF45}val('1')",
        "import sys; sys.path.insert(0, '/tmp'); import json", "print('x", "print(\"«text»\")",
        "«name»", "# coding: utf-7\nprint(1)", "import subprocess; subprocess.run",
        "print(1)#\rimport os", "x.foo()", "import os; os.chdir('/')", "import os; os.fork()",
        "import operator; operator.attrgetter('x')", "import string; string.Formatter()",
        "import os; os.open", "print(f\"{eval('x')}\")", "import yaml; yaml.load(x)", "input()",
        "import functools; functools.wraps(x)", "from . import x", "print(1", "\\x",
    ].map { CodeExample(.python, $0, "?") }

    @Test(arguments: unread)
    func `that may do what is on no list is not complete`(_ example: CodeExample) {
        #expect(example.found.hasSuffix(example.expected))
    }

    private static let both: [CodeExample] = [
        CodeExample(.python, "import os; eval(x); os.system('rm x')", "sh(rm x) ?"),
        CodeExample(.python, "import os; os.system('rm x«text»", "sh(rm x…) ?"),
        CodeExample(.python, "import os; list(map(os.remove, x))", "delete(…) ?"),
        CodeExample(
            .python,
            "import urllib.request as u; u.urlopen('http://h/', b'x')",
            "connect(h) ?"
        ),
        CodeExample(.python, "import os; os.environ['X'] = 'y'; os.system('ls')", "sh(ls) ?"),
        CodeExample(.python, "import subprocess; subprocess.run(['ls'], cwd='/')", "run(ls) ?"),
        CodeExample(.python, "import subprocess; subprocess.run(['sh'], input='x')", "run(sh) ?"),
        CodeExample(
            .python,
            "import subprocess; subprocess.run(['rm x', 'y'], shell=True)",
            "sh(rm x) ?"
        ),
        CodeExample(.python, "import json as os, os\nif 0: os = 1\nos.system('x')", "sh(x) ?"),
        CodeExample(.python, "from pathlib import Path; Path('a').replace('b')", "write(…) ?"),
    ]

    @Test(arguments: both)
    func `says what it does for certain even where it is not complete`(_ example: CodeExample) {
        #expect(example.found == example.expected)
    }
}
