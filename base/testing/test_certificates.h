// Certificates that tests make for themselves.
//
//   const TestAuthority ca("our CA");
//   const TestPair server = ca.Issue({.dns = {"backend"}, .ip = {"127.0.0.1"}});
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_TESTING_TEST_CERTIFICATES_H_
#define STRATA_BASE_TESTING_TEST_CERTIFICATES_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

struct evp_pkey_st;
struct x509_st;

namespace strata::base {

// In PEM.
struct TestPair {
  std::string certificate;
  std::string key;
};

struct TestSubject {
  std::string common_name = "test";
  std::vector<std::string> dns = {};
  std::vector<std::string> ip = {};
  absl::Duration begins = -absl::Hours(1);  // from now
  absl::Duration ends = absl::Hours(24);
  std::string extended_key_usage = "serverAuth,clientAuth";
};

// Dies of what OpenSSL refuses.
class TestAuthority {
 public:
  explicit TestAuthority(const std::string& name);

  const std::string& certificate() const { return pem_; }
  TestPair Issue(const TestSubject& subject) const;

 private:
  std::shared_ptr<evp_pkey_st> key_;
  std::shared_ptr<x509_st> certificate_;
  std::string pem_;
};

}  // namespace strata::base

#endif  // STRATA_BASE_TESTING_TEST_CERTIFICATES_H_
