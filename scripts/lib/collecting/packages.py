"""Debian packages: fetched once into a cache, read from their archives, never installed."""

import hashlib
import pathlib
import re
import subprocess
import sys
import tarfile

LISTED = pathlib.Path(__file__).with_name("packages.txt")
# A larger file of a package is data. kubectl, whose help is read, has 38 MB.
MOST_FILE_BYTES = 64 << 20
SOURCES = [pathlib.Path("/etc/apt/sources.list.d/debian.sources"),
           pathlib.Path("/etc/apt/sources.list")]


def listed() -> list:
    lines = LISTED.read_text().splitlines()
    return sorted({word for line in lines if not line.startswith("#") for word in line.split()})


class Archive:
    """A package file: its members by path, those of the control part below `DEBIAN/`."""

    def __init__(self, name: str, file: pathlib.Path):
        self.name = name
        self.file = file

    def members(self, wanted):
        """(path, bytes) of the regular files that are wanted, and (path, None) of all the rest."""
        for option, prefix in (("--ctrl-tarfile", "DEBIAN/"), ("--fsys-tarfile", "")):
            command = ["dpkg-deb", option, str(self.file)]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
                yield from _members(process.stdout, "r|", prefix, wanted)
            if process.returncode != 0:
                sys.exit(f"collect-commands: {self.file}: dpkg-deb cannot read it")


class Cheatsheets:
    """The last release of the program `cheat` on PyPI that has its pages inside."""

    name = "pypi:cheat"
    requirement = "cheat==2.5.1"
    digest = "c537c0ead9f4cb47f0861818a36ce8f6fc844cd7fc2879479dfbb29a335f2ec6"

    def __init__(self, folder: pathlib.Path):
        self.file = folder / "cheat-2.5.1.tar.gz"

    def fetch(self) -> "Cheatsheets":
        if not self.file.exists():
            command = ["pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                       "--no-binary", ":all:", "--dest", str(self.file.parent), self.requirement]
            subprocess.run(command, check=True)
        if digest_of(self.file) != self.digest:
            sys.exit(f"collect-commands: {self.file} is not the {self.requirement} that is expected")
        return self

    def members(self, wanted):
        def bare(path: str) -> str:
            return path.split("/", 1)[-1]
        with self.file.open("rb") as opened:
            for path, data in _members(opened, "r|gz", "", lambda path: wanted(bare(path))):
                yield bare(path), data


def _members(stream, mode: str, prefix: str, wanted):
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for member in archive:
            path = prefix + member.name.removeprefix("./")
            if member.isfile() and member.size <= MOST_FILE_BYTES and wanted(path):
                yield path, archive.extractfile(member).read()
            elif not member.isdir():
                yield path, None


def digest_of(file: pathlib.Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


class Cache:
    """A folder with the package files, and apt's lists of what there is.

    The lock has a line `name version digest` for each package. What it names is what is read, byte
    for byte; a package that is not in it is fetched in the version that apt would install.
    """

    def __init__(self, folder: pathlib.Path, lock: pathlib.Path):
        self.folder = folder
        self.lock = lock
        self.files = folder / "packages"
        self.files.mkdir(parents=True, exist_ok=True)

    def locked(self) -> dict:
        if not self.lock.exists():
            return {}
        lines = [line.split() for line in self.lock.read_text().splitlines() if line[0] != "#"]
        return {name: (version, digest) for name, version, digest in lines}

    def fetch(self, renew: bool) -> list:
        """The archives of all listed packages by name; writes the lock where there is none."""
        locked = {} if renew else self.locked()
        if not locked:
            locked = self._choose_versions()
            self.lock.write_text(
                "# By scripts/collect-commands --renew: package, version, SHA-256 of its file.\n"
                + "".join(f"{name} {' '.join(locked[name])}\n" for name in sorted(locked)))
        missing = [name for name in sorted(locked) if not self._has(locked[name][1])]
        if missing:
            self._download({name: locked[name][0] for name in missing})
        for name in missing:
            if not self._has(locked[name][1]):
                sys.exit(f"collect-commands: {name} {locked[name][0]} is not to be had any more")
        debian = [Archive(name, self._path(locked[name][1])) for name in sorted(locked)]
        return [*debian, Cheatsheets(self.folder).fetch()]

    def _path(self, digest: str) -> pathlib.Path:
        return self.files / f"{digest}.deb"

    def _has(self, digest: str) -> bool:
        file = self._path(digest)
        return file.exists() and digest_of(file) == digest

    def _apt(self, program: str, *arguments: str) -> str:
        """apt with this machine's Debian sources, contrib added, and with lists of its own."""
        lists = self.folder / "lists"
        (lists / "partial").mkdir(parents=True, exist_ok=True)
        source = next(path for path in SOURCES if path.exists())
        text = re.sub(r"(?m)^(Components: main|deb .* main)\b.*$", r"\1 contrib",
                      source.read_text())
        ours = self.folder / f"apt{source.suffix}"
        ours.write_text(text)
        options = {
            "Dir::Etc::SourceList": ours, "Dir::Etc::SourceParts": "/dev/null",
            "Dir::State::Lists": lists, "Dir::State::Status": "/dev/null",
            "APT::Sandbox::User": "root",
        }
        command = [program]
        for name, value in options.items():
            command += ["-o", f"{name}={value}"]
        done = subprocess.run([*command, *arguments], cwd=self.files, text=True, check=False,
                              stdout=subprocess.PIPE)
        if done.returncode != 0:
            # apt has said what it misses: mostly a version that Debian has replaced.
            sys.exit(f"collect-commands: {program} failed; --renew takes the newest versions")
        return done.stdout

    def _choose_versions(self) -> dict:
        self._apt("apt-get", "-qq", "update")
        chosen = {}
        wanted = listed()
        shown = self._apt("apt-cache", "show", "--no-all-versions", *wanted)
        for record in shown.split("\n\n"):
            fields = dict(re.findall(r"(?m)^(Package|Version|SHA256): (.*)$", record))
            if fields.get("Package") in wanted:
                chosen[fields["Package"]] = (fields["Version"], fields["SHA256"])
        unknown = sorted(set(wanted) - set(chosen))
        if unknown:
            sys.exit(f"collect-commands: Debian has no package {' '.join(unknown)}")
        return chosen

    def _download(self, versions: dict) -> None:
        self._apt("apt-get", "-qq", "update")
        names = [f"{name}={version}" for name, version in versions.items()]
        for start in range(0, len(names), 50):
            self._apt("apt-get", "-qq", "download", *names[start:start + 50])
            for file in sorted(self.files.glob("*_*.deb")):
                file.rename(self._path(digest_of(file)))
