// Reads the fields of RDATA from tokens of text, one after the other.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_RDATA_FIELD_PARSER_H_
#define STRATA_DNS_RDATA_FIELD_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "dns/name.h"
#include "dns/rdata_schema.h"
#include "dns/rdata_token_field.h"
#include "dns/text/base_encoding.h"
#include "dns/text_token.h"

namespace strata::dns {

// Everything handed to the constructor must outlive the parser.
class RdataFieldParser {
 public:
  using Error = std::optional<RdataTextError>;

  // Appends wire form to `*rdata`. Relative names are completed with `origin`.
  RdataFieldParser(absl::Span<const TextToken> tokens, const Name& origin, std::string* rdata)
      : tokens_(tokens), origin_(origin), rdata_(*rdata) {}

  // Parses the field from the tokens that are next. After an error the parser is of no more use.
  Error Parse(const RdataField& field);

  bool AtEnd() const { return next_ == tokens_.size(); }
  // The number of tokens taken so far.
  size_t position() const { return next_; }

 private:
  // A field of one token whose text `append` takes; false means that it is not `expected`.
  Error ParseToken(absl::string_view expected, TokenField::Append append);
  Error ParseName();
  Error ParseString();
  Error ParseStrings();
  Error ParseDigits();
  Error ParseText();
  // To the last token. Data may be split over tokens anywhere.
  Error ParseBase(BaseEncoding encoding, absl::string_view expected);
  Error ParseHashedOwner();
  Error ParseDigest();
  Error ParseTypes();
  Error ParseSvcParams();
  Error ParseNames();
  Error ParseNxtTypes();
  Error ParsePorts();
  Error ParseAddressPrefixes();
  Error ParseLocation();
  // Kinds that depend on fields before them.
  Error ParseDependent();
  Error ParseHip();
  Error ParseGateway();
  Error ParseA6Suffix();

  // Appends the octets that the next token stands for.
  Error Unescape(std::string* octets);
  Error Missing(absl::string_view expected) const;
  // Whether a digest or hash, which starts at `token`, has the size that its algorithm makes.
  Error CheckSize(size_t size, uint8_t algorithm, size_t token) const;
  // About the token taken last.
  Error Wrong(absl::string_view expected) const;
  Error WrongBecause(absl::string_view reason) const;

  absl::Span<const TextToken> tokens_;
  const Name& origin_;
  std::string& rdata_;
  size_t next_ = 0;
  const RdataField* field_ = nullptr;
};

}  // namespace strata::dns

#endif  // STRATA_DNS_RDATA_FIELD_PARSER_H_
