// What `stratactl --help` prints.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CONTROL_USAGE_H_
#define STRATA_CONTROL_USAGE_H_

#include "absl/strings/string_view.h"

namespace strata::control {

inline constexpr absl::string_view kUsage = R"(Usage: stratactl [OPTIONS] COMMAND

Asks running servers how they are, and tells authorities what to serve.

Commands:
  status                          how servers are, with the rates of a second
  zone list                       the zones of authorities
  zone list ZONE                  the versions of a zone that are kept; `active` is served
  zone push FILE.snap…            serve these snapshots (of zonec compile)
  zone rollback ZONE              serve the version before
  zone rollback ZONE --to=VERSION serve another, as `zone list ZONE` names it
  completion bash|zsh|fish        a script that completes commands in a shell

Options:
  --at=ADDRESS,…     admin addresses of the servers (their --admin_grpc); may be repeated. Default: $STRATACTL_AT, or
                     all sockets *.admin.sock in $RUNTIME_DIRECTORY or /run/strata. Commands go to all of them: a push
                     reaches each replica that is named
  --zone=ZONE        of zone push: refuse snapshots of other zones
  --timeout=5s       for a server to answer (of zone push: 60s)
  --interval=1s      of status: the time that rates are of
  -o, --output=FORM  table or json
  --help, --version

Exit status: 0 fine; 1 a server refused, or is not ready; 2 wrong usage, or a server cannot be reached.
)";

inline constexpr absl::string_view kBashCompletion =
    R"(# stratactl completion for bash: source it, or put it in /etc/bash_completion.d/.
_stratactl() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words
  case $before in
    zone) words="list push rollback" ;;
    push) COMPREPLY=($(compgen -f -X '!*.snap' -- "$word")); return ;;
    list|rollback) words=$(stratactl zone list 2>/dev/null | awk 'NR > 1 { print $1 }' | sort -u) ;;
    completion) words="bash zsh fish" ;;
    -o) words="table json" ;;
    *) words="status zone completion --at= --zone= --to= --timeout= --interval= --output= --help --version" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o nospace -F _stratactl stratactl
)";

// What zsh needs to run the one for bash.
inline constexpr absl::string_view kZshPrologue = "#compdef stratactl\nautoload -U +X bashcompinit && bashcompinit\n";

inline constexpr absl::string_view kFishCompletion =
    R"(# stratactl completion for fish: put it in ~/.config/fish/completions/stratactl.fish.
complete -c stratactl -f -n __fish_use_subcommand -a status -d 'how servers are'
complete -c stratactl -f -n __fish_use_subcommand -a zone -d 'what authorities serve'
complete -c stratactl -f -n __fish_use_subcommand -a completion -d 'a script for a shell'
complete -c stratactl -f -n '__fish_seen_subcommand_from zone' -a 'list push rollback'
complete -c stratactl -n '__fish_seen_subcommand_from push' -F
complete -c stratactl -f -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'
complete -c stratactl -l at -x -d 'admin addresses'
complete -c stratactl -s o -l output -x -a 'table json'
complete -c stratactl -l zone -x
complete -c stratactl -l to -x
complete -c stratactl -l timeout -x
complete -c stratactl -l interval -x
)";

}  // namespace strata::control

#endif  // STRATA_CONTROL_USAGE_H_
