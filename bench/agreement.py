# Do servers answer the same?
#
# SPDX-License-Identifier: Apache-2.0
"""Compares a server's answers to a sample of the queries with what is right, and with another server's."""

from typing import NamedTuple, Optional

from bench.query_generator import EXPECTED, Query

# An example of a disagreement is cut off here.
_MAX_EXAMPLE = 240


class Answer(NamedTuple):
    """What is compared: the authority and additional sections are free."""

    rcode: str
    authoritative: bool
    truncated: bool
    records: tuple[str, ...]


def is_right(query: Query, answer: Optional[Answer], recursive: bool = False) -> bool:
    """True if the answer is of the kind that the query asks for; a `recursive` one is not authoritative."""
    if answer is None:
        return False
    expected = EXPECTED[query.kind]
    if recursive:
        expected = expected._replace(authoritative=False)
    return (answer.rcode, answer.authoritative, bool(answer.records)) == expected and not answer.truncated


def as_recursive(answer: Optional[Answer]) -> Optional[Answer]:
    """What a recursive server makes of an authority's answer."""
    return answer and answer._replace(authoritative=False)


def disagreements(
    queries: list[Query], answers: list, reference: Optional[list], recursive: bool = False
) -> list[str]:
    """One line for each kind of query whose answers are wrong or, if there is a reference, not the same as its."""
    problems: dict[str, list[str]] = {}
    for i, (query, answer) in enumerate(zip(queries, answers)):
        if not is_right(query, answer, recursive):
            problems.setdefault(f"{query.kind} wrong", []).append(_describe(query, answer))
        elif reference is not None and answer != reference[i]:
            text = f"{_describe(query, answer)}, not {_describe_answer(reference[i])}"
            problems.setdefault(f"{query.kind} differs from the reference", []).append(text)
    asked = {kind: sum(query.kind == kind for query in queries) for kind in EXPECTED}
    return [
        f"{problem}: {len(cases)} of {asked[problem.split()[0]]} asked, e.g. {cases[0][:_MAX_EXAMPLE]}"
        for problem, cases in problems.items()
    ]


def _describe(query: Query, answer: Optional[Answer]) -> str:
    return f"{query.name} {query.type} -> {_describe_answer(answer)}"


def _describe_answer(answer: Optional[Answer]) -> str:
    if answer is None:
        return "no answer"
    flags = (" AA" if answer.authoritative else "") + (" TC" if answer.truncated else "")
    return f"{answer.rcode}{flags} [{'; '.join(answer.records)}]"
