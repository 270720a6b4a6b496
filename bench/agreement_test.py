# Which answers count as right, and how others are reported.
#
# SPDX-License-Identifier: Apache-2.0
"""Tests of agreement."""

import unittest

from bench.agreement import Answer, as_recursive, disagreements, is_right
from bench.query_generator import Query

HIT = Query("a.example", "A", "hit")
ABSENT = Query("b.example", "A", "nxdomain")
FOUND = Answer("NOERROR", True, False, ("a.example. 60 A 10.0.0.1",))
NXDOMAIN = Answer("NXDOMAIN", True, False, ())


class AgreementTest(unittest.TestCase):
    """Right and wrong answers."""

    def test_right(self):
        self.assertTrue(is_right(HIT, FOUND))
        self.assertTrue(is_right(ABSENT, NXDOMAIN))
        self.assertTrue(is_right(Query("c.example", "A", "referral"), Answer("NOERROR", False, False, ())))

    def test_wrong(self):
        self.assertFalse(is_right(HIT, None))
        self.assertFalse(is_right(HIT, NXDOMAIN))
        self.assertFalse(is_right(HIT, FOUND._replace(authoritative=False)))
        self.assertFalse(is_right(HIT, FOUND._replace(truncated=True)))
        self.assertFalse(is_right(HIT, FOUND._replace(records=())))
        self.assertFalse(is_right(ABSENT, NXDOMAIN._replace(rcode="NOERROR")))

    def test_a_cache_is_no_authority(self):
        cached = as_recursive(FOUND)
        self.assertTrue(is_right(HIT, cached, recursive=True))
        self.assertFalse(is_right(HIT, FOUND, recursive=True))
        self.assertEqual(disagreements([HIT], [cached], [cached], recursive=True), [])
        self.assertEqual(len(disagreements([HIT], [FOUND], [cached], recursive=True)), 1)
        self.assertIsNone(as_recursive(None))

    def test_agreement_says_nothing(self):
        self.assertEqual(disagreements([HIT, ABSENT], [FOUND, NXDOMAIN], [FOUND, NXDOMAIN]), [])
        self.assertEqual(disagreements([HIT, ABSENT], [FOUND, NXDOMAIN], None), [])

    def test_wrong_answers_are_counted_by_kind(self):
        problems = disagreements([HIT, HIT, ABSENT], [NXDOMAIN, FOUND, NXDOMAIN], None)
        self.assertEqual(problems, ["hit wrong: 1 of 2 asked, e.g. a.example A -> NXDOMAIN AA []"])

    def test_other_records_than_the_reference(self):
        other = FOUND._replace(records=("a.example. 60 A 10.0.0.2",))
        (problem,) = disagreements([HIT], [other], [FOUND])
        self.assertTrue(problem.startswith("hit differs from the reference: 1 of 1 asked"), problem)
        self.assertIn("10.0.0.2", problem)


if __name__ == "__main__":
    unittest.main()
