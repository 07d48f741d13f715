"""All checks in order. One that fails does not hide the others."""

from collections.abc import Callable, Iterator

from headway.foundation.environment import Environment
from headway.foundation.errors import HeadwayError
from headway.ops.doctor.finding import Finding, State, problem

Check = Callable[[Environment], Iterator[Finding]]


def of_machine(env: Environment) -> list[Finding]:
    """What needs no database."""
    from headway.ops.doctor import listener, machine, network

    checks: list[Check] = [machine.version, machine.disk, machine.folders]
    if not machine.is_new():
        checks.append(machine.master_key)
    return _run([*checks, network.processes, network.addresses, network.mail, listener.listener], env)


def of_workspace(env: Environment) -> list[Finding]:
    """What is asked of the database. Needs Django set up; later checks are left out while the tables are not ours."""
    from headway.ops.doctor import database, lake, work

    found = _run([database.server, database.tables], env)
    if all(finding.state is not State.PROBLEM for finding in found if finding.check == "tables"):
        found += _run(
            [database.journal, database.secrets, work.held, work.jobs, work.mails, work.blobs, lake.lake], env
        )
    return found


def _run(checks: list[Check], env: Environment) -> list[Finding]:
    found: list[Finding] = []
    for check in checks:
        try:
            found += check(env)
        except HeadwayError as error:
            found.append(problem(check.__name__, error.message, ""))
        except Exception as error:  # noqa: BLE001 (whatever it is, it is a finding)
            says = f"This check itself failed: {type(error).__name__}: {error}."
            found.append(problem(check.__name__, says, "Report it, with these lines."))
    return found
