// As much of URI templates (RFC 6570) as a DNS server must check.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TEXT_URI_TEMPLATE_H_
#define STRATA_DNS_TEXT_URI_TEMPLATE_H_

#include "absl/strings/string_view.h"

namespace strata::dns {

// Whether an expression of `uri_template` (`{dns}`, `{?a,dns:3}`) names `variable`. False when braces do not match.
bool UriTemplateHasVariable(absl::string_view uri_template, absl::string_view variable);

}  // namespace strata::dns

#endif  // STRATA_DNS_TEXT_URI_TEMPLATE_H_
