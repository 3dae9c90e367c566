"""A Slurm of one node in a temporary folder: munge, slurmctld and slurmd of the distribution's packages, no systemd."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "srun", "scancel", "squeue")
#: Seconds after which a node that does not answer counts as down, and its jobs as failed.
SILENT = 10
CONFIGURATION = """\
ClusterName=one
SlurmctldHost={host}
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
MailProg=/bin/true
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
SlurmdTimeout={silent}
MinJobAge=3600
KillWait=2
InactiveLimit=0
SchedulerParameters=batch_sched_delay=1,sched_min_interval=100000,sched_interval=2
NodeName={host} CPUs={cpus} RealMemory={memory} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


class SlurmNode:
    """The daemons of one node; a context manager that stops them, and whatever jobs run, however it is left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "slurm.conf"
        self.environment = {**os.environ, "SLURM_CONF": str(self.config),
                            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}  # fmt: skip
        self._daemons: dict[str, subprocess.Popen] = {}

    def __enter__(self) -> SlurmNode:
        self.folder.mkdir(mode=0o755)
        for name in ("state", "spool", "bin"):
            (self.folder / name).mkdir(mode=0o755)
        # Within a job Snakemake calls srun without the variables of Slurm, so that a configuration elsewhere than in
        # /etc is lost.
        srun = self.folder / "bin" / "srun"
        srun.write_text(f'#!/bin/sh\nSLURM_CONF={self.config} exec {shutil.which("srun")} "$@"\n', encoding="utf-8")
        srun.chmod(0o755)
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        free = [socket.create_server(("", 0)) for _ in range(2)]
        ports = [one.getsockname()[1] for one in free]
        for one in free:
            one.close()
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
        self.config.write_text(CONFIGURATION.format(
            host=socket.gethostname().split(".")[0], ports=ports, user=pwd.getpwuid(os.getuid()).pw_name,
            folder=self.folder, silent=SILENT, cpus=os.cpu_count(), memory=memory,
        ))  # fmt: skip
        try:
            options = [f"--{what}={self.folder}/munge.{end}" for what, end in
                       (("socket", "socket"), ("key-file", "key"), ("pid-file", "pid"), ("log-file", "log"),
                        ("seed-file", "seed"))]  # fmt: skip
            self._start("munged", "--foreground", "--force", *options)
            wait_for((self.folder / "munge.socket").exists, 20, "munged to listen")
            self._start("slurmctld", "-D")
            self.start_node()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if "slurmctld" in self._daemons:
            self.call("scancel", "--state=PENDING", "--user", str(os.getuid()))
            self.call("scancel", "--full", "--signal=KILL", "--user", str(os.getuid()))
        self._kill_steps()
        for daemon in reversed(self._daemons.values()):
            daemon.kill()
            daemon.wait()
        self._daemons.clear()

    def call(self, *command: str) -> str:
        """Return what one of Slurm's commands prints."""
        made = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60, check=False)
        return made.stdout.strip()

    def state(self) -> str:
        """Return the state of the node: idle, mixed, allocated, down..."""
        return self.call("sinfo", "--noheader", "--format=%T").rstrip("*~#")

    def jobs(self) -> list[list[str]]:
        """Return number, state, comment (the rule) of the jobs that wait or run."""
        lines = self.call("squeue", "--noheader", "--format=%i|%T|%k").splitlines()
        return [line.split("|") for line in lines]

    def start_node(self) -> None:
        """Start slurmd and wait until the controller has its answer."""
        self._start("slurmd", "-D")
        wait_for(lambda: self.state() in ("idle", "mixed", "allocated"), 60, f"the node to answer: {self.folder}")

    def kill_node(self) -> None:
        """Kill slurmd and every process of its jobs, as a node that loses power."""
        daemon = self._daemons.pop("slurmd")
        daemon.kill()
        daemon.wait()
        self._kill_steps()

    def _start(self, name: str, *options: str) -> None:
        program = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
        with (self.folder / f"{name}.out").open("ab") as out:
            self._daemons[name] = subprocess.Popen([program, *options], env=self.environment, stdout=out, stderr=out,
                                                   stdin=subprocess.DEVNULL, start_new_session=True)  # fmt: skip

    def _kill_steps(self) -> None:
        """Kill the processes of jobs: they carry this Slurm's configuration and a job's number in their environment."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                variables = (folder / "environ").read_bytes().split(b"\0")
                name = (folder / "comm").read_text(encoding="utf-8").strip()
            except OSError:  # it has ended, or is somebody else's
                continue
            of_job = name == "slurmstepd" or any(variable.startswith(b"SLURM_JOB_ID=") for variable in variables)
            if of_job and f"SLURM_CONF={self.config}".encode() in variables:
                with suppress(ProcessLookupError):
                    os.kill(int(folder.name), signal.SIGKILL)


def wait_for(happened: Callable[[], object], seconds: float, what: str) -> None:
    """Wait until something has happened; say what has not, if it takes longer than so many seconds."""
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(0.2)
