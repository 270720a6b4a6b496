# What the client sends, and what it keeps of an answer.
#
# SPDX-License-Identifier: Apache-2.0
"""Tests of dns_client, and of what is read from its upstream's statistics."""

import socket
import threading
import unittest

import dns.flags
import dns.message
import dns.rrset

from bench.agreement import Answer
from bench.dns_client import ask
from bench.query_generator import Query
from bench.loopback import free_port
from bench.upstream import counted_queries

QUERY = Query("a.example", "A", "hit")


class DnsClientTest(unittest.TestCase):
    """With a server that answers once."""

    def setUp(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(self.socket.close)
        self.socket.bind(("127.0.0.1", 0))
        self.queries = []

    def ask(self, ttl, recursive):
        server = threading.Thread(target=self.serve, args=(ttl,))
        server.start()
        answer = ask(self.socket.getsockname()[1], QUERY, 10, recursive)
        server.join()
        return answer

    def serve(self, ttl):
        wire, client = self.socket.recvfrom(512)
        query = dns.message.from_wire(wire)
        self.queries.append(query)
        reply = dns.message.make_response(query)
        reply.answer.append(dns.rrset.from_text("A.example.", ttl, "IN", "A", "10.0.0.1"))
        self.socket.sendto(reply.to_wire(), client)

    def test_an_authority_is_asked_without_rd_and_its_ttls_kept(self):
        answer = self.ask(299, recursive=False)
        self.assertEqual(answer, Answer("NOERROR", False, False, ("a.example. 299 A 10.0.0.1",)))
        self.assertFalse(self.queries[0].flags & dns.flags.RD)

    def test_a_cache_is_asked_with_rd_and_may_have_counted_down(self):
        answer = self.ask(299, recursive=True)
        self.assertEqual(answer.records, ("a.example. 300 A 10.0.0.1",))
        self.assertTrue(self.queries[0].flags & dns.flags.RD)
        self.assertEqual(self.ask(3600, recursive=True).records, ("a.example. 3600 A 10.0.0.1",))
        self.assertEqual(self.ask(301, recursive=True).records, ("a.example. 360 A 10.0.0.1",))


class TcpClientTest(unittest.TestCase):
    """With a server that answers once over TCP."""

    def setUp(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.listener.close)
        self.port = self.listener.getsockname()[1]

    def serve(self, answers):
        connection, _ = self.listener.accept()
        with connection:
            query = dns.message.from_wire(connection.recv(512)[2:])
            reply = dns.message.make_response(query)
            reply.answer.append(dns.rrset.from_text("A.example.", 299, "IN", "A", "10.0.0.1"))
            wire = reply.to_wire()
            if answers:
                connection.sendall(len(wire).to_bytes(2, "big") + wire)

    def ask(self, answers):
        server = threading.Thread(target=self.serve, args=(answers,))
        server.start()
        answer = ask(self.port, QUERY, 10, tcp=True)
        server.join()
        return answer

    def test_an_answer(self):
        self.assertEqual(self.ask(answers=True), Answer("NOERROR", False, False, ("a.example. 299 A 10.0.0.1",)))

    def test_who_closes_has_not_answered(self):
        self.assertIsNone(self.ask(answers=False))

    def test_nobody_listens(self):
        self.assertIsNone(ask(free_port(), QUERY, 10, tcp=True))


class CountedQueriesTest(unittest.TestCase):
    """The output of nsd-control."""

    def test_the_total_counts(self):
        self.assertEqual(counted_queries("server0.queries=3\nnum.queries=7\nnum.type.A=7\n"), 7)

    def test_no_total(self):
        with self.assertRaises(ValueError):
            counted_queries("error could not connect\n")


if __name__ == "__main__":
    unittest.main()
