"""What a checker knows beside its message: the claims made in it, and the parts of the function it leaves open."""

from dataclasses import dataclass

from backprop_lab.exercises.claims import Claim
from backprop_lab.exercises.result import CheckResult, Status

Parts = frozenset[str]  # names of parts in `reference`, those of an equation as `bp2.carry`


@dataclass(frozen=True)
class Verdict:
    """A result before it is shown.

    Parameters
    ----------
    status, message, slip, line : as in `CheckResult`
    claims : what the message says of the answers, each as a predicate
    opens : for each thing that is wrong, the parts of which it may be; empty where the message does not narrow it down
    """

    status: Status
    message: str
    slip: str | None = None
    claims: tuple[Claim, ...] = ()
    opens: tuple[Parts, ...] = ()
    line: str | None = None

    def shown(self) -> CheckResult:
        """The result that the learner gets."""
        return CheckResult(self.status, self.message, self.slip, self.line)


def not_yet(
    message: str, slip: str | None = None, claims: tuple[Claim, ...] = (), opens: tuple[Parts, ...] = ()
) -> Verdict:
    """A verdict of this kind, with a capital at its beginning."""
    capital = message[0].upper() + message[1:] if message.startswith("the ") else message
    return Verdict("not yet", capital, slip, claims, opens)
