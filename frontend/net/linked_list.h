// Lists of objects that carry their own links: joining, leaving and moving to the end allocate nothing and look for
// nothing.
//
//   struct Connection {
//     ListLink<Connection> by_age{this};
//   };
//   LinkedList<Connection> oldest_first;
//   oldest_first.PushBack(&connection.by_age);  // leaves the list that it was in
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_LINKED_LIST_H_
#define STRATA_FRONTEND_NET_LINKED_LIST_H_

namespace strata::frontend {

// A place in one list at a time, given up when destroyed.
template <typename T>
class ListLink {
 public:
  explicit ListLink(T* owner) : owner_(owner) {}
  ~ListLink() { Unlink(); }
  ListLink(const ListLink&) = delete;
  ListLink& operator=(const ListLink&) = delete;

  bool linked() const { return next_ != this; }
  void Unlink() {
    next_->previous_ = previous_;
    previous_->next_ = next_;
    next_ = previous_ = this;
  }

 private:
  template <typename U>
  friend class LinkedList;

  T* const owner_;
  ListLink* next_ = this;
  ListLink* previous_ = this;
};

// Outlives its links' places in it.
template <typename T>
class LinkedList {
 public:
  bool empty() const { return !head_.linked(); }
  // nullptr when it is empty.
  T* front() const { return head_.next_->owner_; }

  void PushBack(ListLink<T>* link) {
    link->Unlink();
    link->previous_ = head_.previous_;
    link->next_ = &head_;
    head_.previous_->next_ = link;
    head_.previous_ = link;
  }

 private:
  ListLink<T> head_{nullptr};
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_LINKED_LIST_H_
