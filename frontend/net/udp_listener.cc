// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/udp_listener.h"

#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace strata::frontend {
namespace {

// Room for one IP_PKTINFO or IPV6_PKTINFO, and when reading, for the age.
constexpr size_t kControlSize = CMSG_SPACE(sizeof(in6_pktinfo));
constexpr size_t kReceiveControlSize = kControlSize + ReceiveBacklog::kControlSize;

// System calls in a row before other descriptors get their turn.
constexpr int kMaxReads = 8;

bool IsWildcard(int fd) {
  sockaddr_in6 address{};
  socklen_t size = sizeof address;
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  if (address.sin6_family == AF_INET6) return IN6_IS_ADDR_UNSPECIFIED(&address.sin6_addr);
  return reinterpret_cast<sockaddr_in*>(&address)->sin_addr.s_addr == htonl(INADDR_ANY);
}

// The address that the datagram was sent to; IPv4 addresses stand in the first four octets.
in6_addr LocalAddress(msghdr* message) {
  in6_addr address{};
  for (cmsghdr* control = CMSG_FIRSTHDR(message); control != nullptr; control = CMSG_NXTHDR(message, control)) {
    if (control->cmsg_level == IPPROTO_IP && control->cmsg_type == IP_PKTINFO) {
      const auto* packet = reinterpret_cast<const in_pktinfo*>(CMSG_DATA(control));
      std::memcpy(&address, &packet->ipi_addr, sizeof packet->ipi_addr);
    } else if (control->cmsg_level == IPPROTO_IPV6 && control->cmsg_type == IPV6_PKTINFO) {
      address = reinterpret_cast<const in6_pktinfo*>(CMSG_DATA(control))->ipi6_addr;
    }
  }
  return address;
}

}  // namespace

UdpListener::UdpListener(int fd, base::EventLoop* loop, MessageHandler* handler, const base::Clock& clock)
    : fd_(fd),
      loop_(*loop),
      handler_(*handler),
      wildcard_(IsWildcard(fd)),
      backlog_(fd, clock),
      receive_buffers_(kBatch * kMaxQuerySize),
      receive_control_(kBatch * kReceiveControlSize),
      senders_(kBatch),
      receive_slices_(kBatch),
      received_(kBatch),
      send_buffers_(new char[kBatch * kMaxAnswerSize]),
      send_control_(kBatch * kControlSize),
      receivers_(kBatch),
      send_slices_(kBatch),
      sends_(kBatch) {
  if (wildcard_) {
    const int on = 1;
    // The one for the other family fails, which is as it should be.
    setsockopt(fd_, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    setsockopt(fd_, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
  }
  for (int i = 0; i < kBatch; ++i) {
    receive_slices_[i] = {&receive_buffers_[i * kMaxQuerySize], kMaxQuerySize};
    send_slices_[i] = {&send_buffers_[i * kMaxAnswerSize], 0};
    received_[i].msg_hdr.msg_iov = &receive_slices_[i];
    received_[i].msg_hdr.msg_iovlen = 1;
    received_[i].msg_hdr.msg_name = &senders_[i];
    sends_[i].msg_hdr.msg_iov = &send_slices_[i];
    sends_[i].msg_hdr.msg_iovlen = 1;
    sends_[i].msg_hdr.msg_name = &receivers_[i];
  }
  loop_.Add(fd_, EPOLLIN, this);
}

UdpListener::~UdpListener() {
  Abandon();
  close(fd_);
}

void UdpListener::Abandon() {
  if (!abandoned_) loop_.Remove(fd_);
  abandoned_ = true;
}

// Connecting a socket takes it out of its SO_REUSEPORT group; closing it instead would lose what its queue holds.
void UdpListener::Leave() {
  sockaddr_in6 local{};
  socklen_t size = sizeof local;
  getsockname(fd_, reinterpret_cast<sockaddr*>(&local), &size);
  constexpr uint16_t kDiscardPort = 9;
  if (local.sin6_family == AF_INET6) {
    sockaddr_in6 discard{};
    discard.sin6_family = AF_INET6;
    discard.sin6_port = htons(kDiscardPort);
    discard.sin6_addr = in6addr_loopback;
    (void)!connect(fd_, reinterpret_cast<sockaddr*>(&discard), sizeof discard);
  } else {
    sockaddr_in discard{};
    discard.sin_family = AF_INET;
    discard.sin_port = htons(kDiscardPort);
    discard.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    (void)!connect(fd_, reinterpret_cast<sockaddr*>(&discard), sizeof discard);
  }
}

void UdpListener::OnReady(uint32_t) {
  for (int reads = 0; reads < kMaxReads; ++reads) {
    const bool control = wildcard_ || backlog_.watching();
    for (int i = 0; i < kBatch; ++i) {
      msghdr& message = received_[i].msg_hdr;
      message.msg_namelen = sizeof(sockaddr_in6);
      message.msg_control = control ? &receive_control_[i * kReceiveControlSize] : nullptr;
      message.msg_controllen = control ? kReceiveControlSize : 0;
    }
    // An error here is an ICMP message about an earlier answer, and is consumed by being read.
    const int count = recvmmsg(fd_, received_.data(), kBatch, MSG_DONTWAIT, nullptr);
    behind_ = count == kBatch;
    was_behind_ |= behind_;
    backlog_.OnRead(count, behind_);
    if (count > 0) Deliver(count);
    handler_.Flush();
    Flush();
    if (count < kBatch) return;
  }
}

void UdpListener::Deliver(int count) {
  Client client;
  client.transport = this;
  const bool aged = backlog_.watching();
  if (aged) backlog_.StartBatch();
  uint64_t too_old = 0;
  for (int i = 0; i < count; ++i) {
    msghdr& message = received_[i].msg_hdr;
    if (aged && backlog_.IsTooOld(message)) {
      ++too_old;
      continue;
    }
    // Cut off by our buffer: nothing to parse, and nothing to answer to what no client sends.
    if ((message.msg_flags & MSG_TRUNC) != 0) continue;
    client.peer = senders_[i];
    client.peer_size = message.msg_namelen;
    if (wildcard_) client.local = LocalAddress(&message);
    handler_.OnMessage(absl::string_view(&receive_buffers_[i * kMaxQuerySize], received_[i].msg_len), client);
  }
  if (too_old > 0) handler_.OnLoss(MessageHandler::Loss::kTooOld, too_old);
}

void UdpListener::OnTick() {
  if (!std::exchange(was_behind_, false)) return;
  std::array<uint32_t, SK_MEMINFO_VARS> figures{};
  socklen_t size = sizeof figures;
  if (getsockopt(fd_, SOL_SOCKET, SO_MEMINFO, figures.data(), &size) != 0) return;
  const uint32_t overflows = figures[SK_MEMINFO_DROPS];
  // It counts in 32 bits, round and round.
  const uint32_t more = overflows - std::exchange(overflows_, overflows);
  if (more > 0) handler_.OnLoss(MessageHandler::Loss::kReceiveBuffer, more);
}

// Answers from the address that was asked; otherwise the kernel would choose, and the client not recognise us.
void UdpListener::SetSource(const Client& client, int slot) {
  msghdr& message = sends_[slot].msg_hdr;
  message.msg_control = &send_control_[slot * kControlSize];
  message.msg_controllen = kControlSize;
  cmsghdr* control = CMSG_FIRSTHDR(&message);
  if (client.peer.sin6_family == AF_INET6) {
    in6_pktinfo packet{};
    packet.ipi6_addr = client.local;
    // A link-local peer is answered over its own link. (A socket that is bound to a link-local address has its scope
    // from there, and needs no control message.)
    if (IN6_IS_ADDR_LINKLOCAL(&client.peer.sin6_addr)) packet.ipi6_ifindex = client.peer.sin6_scope_id;
    control->cmsg_level = IPPROTO_IPV6;
    control->cmsg_type = IPV6_PKTINFO;
    control->cmsg_len = CMSG_LEN(sizeof packet);
    std::memcpy(CMSG_DATA(control), &packet, sizeof packet);
    message.msg_controllen = CMSG_SPACE(sizeof packet);
  } else {
    in_pktinfo packet{};
    std::memcpy(&packet.ipi_spec_dst, &client.local, sizeof packet.ipi_spec_dst);
    control->cmsg_level = IPPROTO_IP;
    control->cmsg_type = IP_PKTINFO;
    control->cmsg_len = CMSG_LEN(sizeof packet);
    std::memcpy(CMSG_DATA(control), &packet, sizeof packet);
    message.msg_controllen = CMSG_SPACE(sizeof packet);
  }
}

void UdpListener::Commit(const Client& client, size_t size) {
  receivers_[queued_] = client.peer;
  sends_[queued_].msg_hdr.msg_namelen = client.peer_size;
  send_slices_[queued_].iov_len = size;
  if (wildcard_) SetSource(client, queued_);
  if (++queued_ == kBatch) Flush();
}

void UdpListener::Flush() {
  int sent = 0;
  while (sent < queued_) {
    const int count = sendmmsg(fd_, &sends_[sent], queued_ - sent, 0);
    if (count > 0) {
      sent += count;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      // The send buffer is full: UDP may lose, and a client asks again.
      handler_.OnLoss(MessageHandler::Loss::kSendBuffer, static_cast<uint64_t>(queued_ - sent));
      break;
    } else if (errno != EINTR) {
      ++sent;  // this one cannot be sent (no route, say); the others can
    }
  }
  queued_ = 0;
}

}  // namespace strata::frontend
