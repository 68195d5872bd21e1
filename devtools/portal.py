"""The three processes of a running portal: web server, Celery worker and beat."""

import http.client
import time

from devtools.console import complain, say
from devtools.keeper import Keeper
from devtools.log_watch import LogWatch
from devtools.port import HOST
from devtools.processes import Child, stop_all
from devtools.refusal import Refusal
from devtools.tree import Tree

MUST_ANSWER_WITHIN = 60
PATIENCE = 15
LOOK_EVERY = 0.2
GUNICORN = (
    *("gunicorn", "yuhai_portal.wsgi:application", "--worker-class", "gthread"),
    *("--workers", "2", "--threads", "4", "--graceful-timeout", "5"),
    # Importing the project once is half the work of a start on two cores.
    "--preload",
    # Its control socket would be a file in the user's home.
    *("--no-control-socket", "--bind"),
)
CELERY = ("celery", "--app", "yuhai_portal")
# One portal has one worker: it has nobody to gossip with.
WORKER = (
    *(*CELERY, "worker", "--concurrency", "2", "--loglevel", "INFO"),
    *("--without-gossip", "--without-mingle", "--hostname"),
)
BEAT = (*CELERY, "beat", "--loglevel", "INFO", "--pidfile=", "--schedule")


def answers(port: int) -> bool:
    """Whether the web server serves its health page."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class Portal:
    """Starts, watches and stops the three together."""

    def __init__(self, tree: Tree, port: int):
        self.tree = tree
        self.port = port
        self.web = self._child("web", *GUNICORN, f"{HOST}:{port}")
        self.worker = self._child("worker", *WORKER, f"portal-{port}@%h")
        self.beat = self._child("beat", *BEAT, str(tree.var / f"beat-{port}"))
        self.children = [self.web, self.worker, self.beat]
        self.keepers = [Keeper(self.worker), Keeper(self.beat)]
        self.watches = {child.name: LogWatch(child.log) for child in self.children}

    def _child(self, name: str, *command: str) -> Child:
        return Child(
            name=name,
            command=[str(self.tree.python), "-m", *command],
            log=self.tree.logs / f"{name}-{self.port}.log",
            cwd=self.tree.root,
            env=self.tree.environ("local", PORT=str(self.port)),
        )

    def serve(self, accounts: str) -> int:
        """Start, announce, watch; when interrupted stop everything and return 0.

        Raises:
            Refusal: the web server has not started or has died.
        """
        for watch in self.watches.values():
            watch.skip_to_end()
        try:
            self.start()
            self.announce(accounts)
            self.watch()
        except KeyboardInterrupt:
            say("\n正在停止，等手头的工作做完（再按一次 Ctrl-C 立即停止）…")
        finally:
            stop_all(self.children, patience=PATIENCE)
        say("已全部停止。")
        return 0

    def start(self) -> None:
        """Start the web server first: a person is waiting for it."""
        self.web.start()
        self.wait_for_web()
        self.worker.start()
        self.beat.start()

    def wait_for_web(self) -> None:
        """Return as soon as a page can be served."""
        deadline = time.monotonic() + MUST_ANSWER_WITHIN
        while not answers(self.port):
            self.show_errors()
            self.insist_on_web()
            if time.monotonic() > deadline:
                raise Refusal(
                    f"网站在 {MUST_ANSWER_WITHIN} 秒内没有应答 /healthz："
                    f"详见 {self.log_name(self.web)}。"
                )
            time.sleep(0.1)

    def announce(self, accounts: str) -> None:
        """Print where the portal is and who may sign in."""
        say(f"\n玉海门户已启动： http://{HOST}:{self.port}/\n")
        if accounts:
            say(f"{accounts}\n")
        logs = self.tree.logs.relative_to(self.tree.root)
        say(f"日志在 {logs}/；按 Ctrl-C 停止。")

    def watch(self) -> None:
        """Restart the worker and beat when they die; give up when the web does."""
        while True:
            self.show_errors()
            self.insist_on_web()
            for keeper in self.keepers:
                if sentence := keeper.tend():
                    complain(sentence)
            time.sleep(LOOK_EVERY)

    def insist_on_web(self) -> None:
        """Without the web server there is no portal.

        Raises:
            Refusal: it has died.
        """
        if (status := self.web.died_with()) is not None:
            self.show_errors()
            raise Refusal(
                f"网站进程已退出（状态 {status}），其余进程一并停止："
                f"详见 {self.log_name(self.web)}。"
            )

    def show_errors(self) -> None:
        """Repeat on the terminal what went wrong in a child."""
        for name, watch in self.watches.items():
            for line in watch.new_errors():
                complain(f"{name} | {line}")

    def log_name(self, child: Child) -> str:
        """The log's path as a person would type it."""
        return str(child.log.relative_to(self.tree.root))
