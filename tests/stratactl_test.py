# stratactl with an authority that runs: zones are pushed, listed and rolled back, and stay so over a restart.
#
# SPDX-License-Identifier: Apache-2.0
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import unittest

# The workspace has a folder `dns`, too.
sys.path[:] = [path for path in sys.path if path not in ("", os.getcwd())]
import dns.message  # noqa: E402
import dns.query  # noqa: E402
import dns.rcode  # noqa: E402

ZONE = "$TTL 60\n@ SOA ns root {0} 3600 600 86400 60\n@ NS ns\nns A 192.0.2.1\nwww A 192.0.2.{0}\nwww TXT {0}\n"


class StratactlTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()  # pylint: disable=consider-using-with
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        os.mkdir(self.path("snapshots"))
        self.socket = self.path("authority.admin.sock")
        self.processes = {}
        self.addCleanup(self.stop_all)
        self.start_authority()
        ready = self.start("frontend", "frontend/frontend", "--listen=127.0.0.1:0", f"--authority=unix:{self.path('authority.sock')}")
        self.port = int(ready.split(":")[-1])

    def path(self, name: str) -> str:
        return os.path.join(self.folder, name)

    def start(self, name: str, *command: str) -> str:
        """What it prints when it is ready."""
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # pylint: disable=consider-using-with
        self.processes[name] = process
        threading.Thread(target=lambda: [None for _ in process.stderr], daemon=True).start()
        ready = process.stdout.readline()
        self.assertTrue(ready.startswith("ready"), ready)
        return ready

    def start_authority(self, *flags: str) -> None:
        self.start("authority", "authority/authority", f"--listen=unix:{self.path('authority.sock')}",
                   f"--snapshots={self.path('snapshots')}", f"--admin_grpc=unix:{self.socket}", *flags)

    def stop(self, name: str, how: int = signal.SIGTERM) -> None:
        process = self.processes.pop(name)
        process.send_signal(how)
        process.communicate(timeout=30)

    def stop_all(self) -> None:
        for name in list(self.processes):
            self.stop(name, signal.SIGKILL)

    def snapshot(self, zone: str, version: int) -> str:
        source, out = self.path(f"{zone}.zone"), self.path(f"{zone}{version}.snap")
        with open(source, "w", encoding="ascii") as file:
            file.write(ZONE.format(version))
        subprocess.run(["zonec/zonec", "compile", f"--origin={zone}.", "-o", out, source], check=True, capture_output=True)
        return out

    def ctl(self, *args: str, code: int = 0) -> str:
        done = subprocess.run(["control/stratactl", *args], capture_output=True, text=True, check=False,
                              env={**os.environ, "STRATACTL_AT": f"unix:{self.socket}"})
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def served(self, zone: str) -> str:
        """The last part of the address of www, or the rcode."""
        answer = dns.query.udp(dns.message.make_query(f"www.{zone}.", "A"), "127.0.0.1", port=self.port, timeout=5)
        return answer.answer[0][0].address.split(".")[3] if answer.answer else dns.rcode.to_text(answer.rcode())

    def await_served(self, zone: str, wanted: str) -> None:
        """A frontend learns of zones that come and go a moment later."""
        for _ in range(200):
            if self.served(zone) == wanted:
                return
            threading.Event().wait(0.05)
        self.assertEqual(self.served(zone), wanted)

    def test_push_list_and_roll_back(self):
        self.assertEqual(stat.S_IMODE(os.stat(self.socket).st_mode), 0o600)
        self.assertEqual(self.ctl("zone", "list"), "")
        self.assertIn("a.test.       1  yes", self.ctl("zone", "push", self.snapshot("a.test", 1)))
        self.await_served("a.test", "1")
        self.ctl("zone", "push", self.snapshot("a.test", 2), self.snapshot("b.test", 7))
        self.await_served("b.test", "7")
        self.assertEqual(self.served("a.test"), "2")
        self.assertIn("no", self.ctl("zone", "push", self.snapshot("a.test", 2)))
        listed = json.loads(self.ctl("zone", "list", "-o", "json"))
        self.assertEqual([(row["zone"], row["serial"], row["from"], row["versions"]) for row in listed],
                         [("a.test.", 2, "pushed", 2), ("b.test.", 7, "pushed", 1)])
        self.assertIn("a.test.       1  yes", self.ctl("zone", "rollback", "a.test"))
        self.assertEqual(self.served("a.test"), "1")
        versions = json.loads(self.ctl("zone", "list", "a.test.", "-o", "json"))
        self.assertEqual([(row["serial"], row["active"]) for row in versions], [(2, False), (1, True)])
        # All of it stands after a restart, however the process ended.
        self.stop("authority", signal.SIGKILL)
        self.start_authority()
        self.await_served("a.test", "1")
        self.assertEqual(json.loads(self.ctl("zone", "list", "-o", "json"))[1]["serial"], 7)
        self.ctl("zone", "rollback", "A.test", f"--to={versions[0]['version']}")
        self.assertEqual(self.served("a.test"), "2")
        # A file that comes later is served.
        os.replace(self.snapshot("a.test", 9), self.path("snapshots/a.snap"))
        self.await_served("a.test", "9")
        self.assertIn("a.snap", self.ctl("zone", "list"))

    def test_what_goes_wrong_changes_nothing(self):
        good = self.snapshot("a.test", 1)
        self.ctl("zone", "push", good)
        self.await_served("a.test", "1")
        with open(good, "rb") as file:
            octets = file.read()
        for name, damaged in (("short", octets[:-1]), ("flipped", octets[:-5] + b"x" + octets[-4:]), ("text", b"$TTL 1\n"), ("empty", b"")):
            with open(self.path(f"{name}.snap"), "wb") as file:
                file.write(damaged)
            self.assertIn(f"{name}.snap: ", self.ctl("zone", "push", self.path(f"{name}.snap"), code=1))
        self.assertIn("b.test., not a.test.", self.ctl("zone", "push", self.snapshot("b.test", 1), "--zone=a.test", code=1))
        self.assertIn("--keep", self.ctl("zone", "rollback", "a.test", code=1))
        self.assertIn("no zone c.test. is served", self.ctl("zone", "rollback", "c.test", code=1))
        self.assertIn("no zone c.test. is served", self.ctl("zone", "list", "c.test", code=1))
        self.assertIn("cannot read", self.ctl("zone", "push", self.path("missing.snap"), code=2))
        self.assertIn("unix:/nowhere", self.ctl("--at=/nowhere", "zone", "list", code=2))
        self.assertEqual(self.served("a.test"), "1")
        self.assertEqual(len(json.loads(self.ctl("zone", "list", "-o", "json"))), 1)

    def test_status(self):
        # Nothing is served.
        self.assertIn("not ready: no zone is loaded", self.ctl("status", "--interval=0s", code=1))
        self.ctl("zone", "push", self.snapshot("a.test", 1))
        status = json.loads(self.ctl("status", "-o", "json", "--interval=100ms"))
        self.assertEqual([(row["service"], row["ready"], row["zones"]) for row in status], [("authority", True, 1)])

    def test_pushed_and_rolled_back_under_load(self):
        """Every query is answered, and whole: the address and the text are of one version."""
        self.ctl("zone", "push", self.snapshot("a.test", 1), self.snapshot("a.test", 2))
        self.await_served("a.test", "2")
        wrong, asked, done = [], [0], threading.Event()

        def ask():
            query = dns.message.make_query("www.a.test.", "ANY")
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.setblocking(False)
                while not done.is_set():
                    answer = dns.query.tcp(query, "127.0.0.1", timeout=5, sock=connection)
                    found = {rdata.to_text().strip('"').split(".")[-1] for rrset in answer.answer for rdata in rrset}
                    asked[0] += 1
                    if len(answer.answer) != 2 or len(found) != 1:
                        wrong.append(answer.to_text())

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        try:
            versions = [self.snapshot("a.test", version) for version in range(10, 20)]
            for number in range(60):
                self.ctl("zone", *(("rollback", "a.test") if number % 3 == 2 else ("push", versions[number % 10])))
        finally:
            done.set()
            for thread in threads:
                thread.join()
        self.assertEqual(wrong, [])
        self.assertGreater(asked[0], 100)
        states = [name for name in os.listdir(self.path("snapshots/.state")) if name.endswith(".snap")]
        self.assertLessEqual(len(states), 4, "the active version and three before it")


if __name__ == "__main__":
    unittest.main()
