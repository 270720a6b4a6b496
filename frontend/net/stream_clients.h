// Which client holds which connections, and whose goes when there are too many.
//
// A client is an IPv4 address, or the first 56 bits of an IPv6 one: what a site is usually given (RFC 6177), and what
// BIND and Knot count by when they limit response rates.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_STREAM_CLIENTS_H_
#define STRATA_FRONTEND_NET_STREAM_CLIENTS_H_

#include <netinet/in.h>

#include <cstddef>
#include <deque>

#include "absl/container/node_hash_map.h"
#include "frontend/net/linked_list.h"
#include "frontend/policy/client_prefix.h"

namespace strata::frontend {

class StreamConnection;

// The connections of each client, quietest first, and the clients by how many they hold. Every call takes constant
// time. Single-threaded.
class StreamClients {
  struct ClientRecord;

 public:
  // Whose connection one with this peer is.
  static ClientPrefix ClientOf(const sockaddr_in6& peer);

  // A connection's place here; the class may be used once the connection was added.
  class Place {
   public:
    explicit Place(StreamConnection* connection) : link_(connection) {}

   private:
    friend class StreamClients;
    ListLink<StreamConnection> link_;
    ClientRecord* client_ = nullptr;
    bool working_ = false;
  };

  // A new connection, which is its client's least quiet one.
  void Add(const ClientPrefix& client, Place* place);
  void Remove(Place* place);
  // It did something just now.
  void Touch(Place* place);
  // Whether it waits for answers of ours.
  void SetWorking(Place* place, bool working);

  size_t held(const ClientPrefix& client) const;
  // The client's connection that waits for no answers and was quiet for longest; nullptr: there is none.
  StreamConnection* Quietest(const ClientPrefix& client) const;
  // Who makes room for a new connection of `newcomer`: the quietest of the client that holds most, of several such
  // clients the quietest. One that waits for answers goes only when no client that holds as many has another, and when
  // its client will still hold as many as the newcomer. nullptr: nobody.
  StreamConnection* Displaced(const ClientPrefix& newcomer) const;

 private:
  struct ClientRecord {
    ClientRecord() : by_count(this) {}
    ClientPrefix client;
    size_t held = 0;
    ListLink<ClientRecord> by_count;
    LinkedList<StreamConnection> idle, working;  // quietest first
  };

  // Clients that hold equally many, quietest first: those with an idle connection, and those without.
  struct Equals {
    LinkedList<ClientRecord> idle, working;
  };

  // Files the client under its count, as the least quiet.
  void File(ClientRecord* client);

  // Before what is linked into it, so that it goes last.
  std::deque<Equals> by_count_;  // at [n]: those that hold n
  size_t most_ = 0;              // the highest n with a client
  struct Hash : PrefixHasher {
    size_t operator()(const ClientPrefix& client) const { return PrefixHasher::Hash(client); }
  };
  absl::node_hash_map<ClientPrefix, ClientRecord, Hash> clients_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_STREAM_CLIENTS_H_
