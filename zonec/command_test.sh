#!/bin/bash
# Runs the zonec binary as people and scripts do: operands, exit status, standard streams, what is left in files.
#
# SPDX-License-Identifier: Apache-2.0
set -u

zonec=$PWD/$1
data=$PWD/zonec/testdata
cd "$TEST_TMPDIR" || exit 1
failures=0

# expect STATUS ARGUMENT...: runs zonec, keeps its output in `out` and `err`.
expect() {
  local wanted=$1 status
  shift
  "$zonec" "$@" >out 2>err
  status=$?
  if [[ $status != "$wanted" ]]; then
    fail "zonec $* exits $status, not $wanted: $(cat err)"
  fi
}
# says FILE TEXT: the file holds the text.
says() {
  grep -qF -- "$2" "$1" || fail "$1 does not say \"$2\": $(cat "$1")"
}
silent() {
  [[ ! -s $1 ]] || fail "$1 says: $(cat "$1")"
}
fail() {
  echo "FAIL (line ${BASH_LINENO[1]}): $*"
  failures=$((failures + 1))
}
same() {
  cmp "$1" "$2" || fail "$1 and $2 differ"
}

# Options stand before or after the operand, in any of their forms.
expect 0 compile -o a.snap "$data/howto-zone.zone"
silent out
says err 'example-domain.com.: serial 2003010601, 7 records, 1 warning'
same a.snap "$data/howto-zone.zone.snap"
expect 0 compile "$data/howto-zone.zone" --output=b.snap
same a.snap b.snap
expect 0 compile "$data/howto-zone.zone" --include-root "$data" --diagnostics=text -ob.snap
same a.snap b.snap

# check writes nothing.
expect 0 check "$data/howto-zone.zone"
says err 'has no address (A or AAAA) in the zone [no-address]'
expect 1 check --strict "$data/howto-zone.zone"
says err 'error: '
says err 'howto-zone.zone: 1 error'

# A zone with errors leaves the old snapshot.
expect 1 compile -o a.snap "$data/bad_rdata.zone"
says err "$data/bad_rdata.zone:3:5: error: NS: the name server is missing"
same a.snap b.snap
expect 2 compile -o missing/a.snap "$data/howto-zone.zone"
says err 'zonec: cannot write missing/a.snap: No such file or directory'
[[ $(echo .*a.snap*) == '.*a.snap*' ]] || fail "temporary files are left"

# Standard input, and the zone's name.
expect 2 check -
says err 'standard input needs --origin=NAME'
expect 0 compile -o c.snap --origin=example-domain.com - <"$data/howto-zone.zone"
same a.snap c.snap
expect 1 check --origin=other.example "$data/howto-zone.zone"
says err 'SOA record of example-domain.com. in the zone other.example., as --origin names it [soa-not-apex]'
expect 2 check --origin=a..b "$data/howto-zone.zone"
says err '--origin=a..b is not a name'

# The same zone in the other language, also on standard input, where it names itself.
expect 0 compile --format=pyzone -o p.snap "$data/howto-zone.py"
silent out
same a.snap p.snap
expect 0 compile -o p.snap - <"$data/howto-zone.py"
same a.snap p.snap
expect 1 check --format=bind "$data/howto-zone.py"
expect 1 check --format=pyzone "$data/howto-zone.zone"

# Included files come from the input's folder, or from where it is said.
mkdir -p zones parts
printf '$TTL 60\n@ SOA ns.x. root 1 2 3 4 5\n@ NS ns.x.\n$INCLUDE part\n' >zones/inc.test.zone
echo 'www A 192.0.2.1' >parts/part
expect 1 check zones/inc.test.zone
says err 'cannot include "part"'
expect 0 check zones/inc.test.zone --include_root=zones --include_root=parts
says err 'inc.test.: serial 1, 3 records'
cp parts/part zones
(cd zones && "$zonec" check inc.test.zone) 2>err || fail "the input's own folder is no root: $(cat err)"

# JSON for programs: on standard output, one object a line, and nothing else.
expect 1 check --diagnostics=json "$data/bad_checks.zone"
silent err
says out '{"severity":"error","check":"soa-duplicate","file":"'
[[ $(grep -c '^{.*}$' out) == $(wc -l <out) ]] || fail "not an object a line: $(cat out)"
expect 0 check --diagnostics=json "$data/tree.zone"
silent out

# What --stats prints, and the line that small zones never show.
expect 0 compile --stats --progress=always -o e.snap "$data/howto-zone.zone"
same e.snap a.snap
silent out
says err "names, 7 RRsets, 7 records"
says err "octets of text, $(wc -c <a.snap) octets of snapshot"
for phase in read parse order check build write total; do
  grep -qE "^$phase +[0-9.]+ +[0-9.]+ +[0-9.]+$" err || fail "no time of $phase: $(cat err)"
done
grep -q $'\r' err && fail "a small zone shows its progress"
expect 1 check --stats "$data/bad_rdata.zone"
says err 'phase      seconds'
expect 2 check --progress=maybe "$data/howto-zone.zone"
says err '--progress=maybe is none of auto, always, never'

# dump gives back what compiles to the same snapshot.
expect 0 dump a.snap
silent err
same out "$data/howto-zone.zone.dump"
cp out dumped.zone
expect 0 compile --origin=example-domain.com -o d.snap dumped.zone
same a.snap d.snap
expect 0 dump --json - <a.snap
says out '{"origin":"example-domain.com.","class":"IN","serial":2003010601,'
expect 2 dump "$data/howto-zone.zone"
says err 'howto-zone.zone: not a snapshot'
head -c 900 a.snap >cut.snap
expect 2 dump cut.snap
says err 'cut.snap: '
silent out
expect 2 dump missing.snap
says err 'cannot read missing.snap: No such file or directory'
# diff has the exit status of diff(1), and takes texts as well as snapshots.
expect 0 diff a.snap dumped.zone --origin=example-domain.com
silent out
says err 'example-domain.com.: no difference; serial 2003010601'
sed 's/2003010601/2003010602/' dumped.zone >newer.zone
expect 1 diff a.snap newer.zone --origin example-domain.com
[[ $(wc -l <out) == 2 ]] || fail "another serial is not one change: $(cat out)"
says err '0 added, 0 removed, 1 changed; serial 2003010601, then 2003010602'
expect 0 diff --ignore_serial a.snap - --origin=example-domain.com <newer.zone
expect 1 diff --json a.snap newer.zone --origin=example-domain.com
says out '{"change":"changed","before":{"owner":"example-domain.com."'
expect 2 diff a.snap missing.snap
silent out
expect 2 diff a.snap
says err 'zonec diff takes two snapshots or zone files (1 given)'
expect 2 diff a.snap "$data/tree.zone" --origin=tree.example
says err 'these are different zones, example-domain.com. and tree.example.'

if "$zonec" diff a.snap newer.zone --origin=example-domain.com >/dev/full 2>err; then fail "a full disk goes unnoticed"; fi
says err 'cannot write to standard output'
expect 2 diff a.snap "$data/bad_rdata.zone"
silent out
says err 'bad_rdata.zone has errors'
expect 2 diff - -
says err 'only one of the two zones can be read from standard input'
if "$zonec" dump a.snap >/dev/full 2>err; then fail "a full disk goes unnoticed"; fi
says err 'cannot write to standard output'

# Help and mistakes.
expect 0 --help
says out 'Usage: zonec COMMAND'
expect 0 compile --help
says out 'Usage: zonec compile [OPTIONS] -o OUT.snap INPUT'
expect 0 check --help
expect 0 dump -h
says out 'Usage: zonec dump'
expect 0 --version
expect 2
says err 'no command'
expect 2 complie x
says err 'unknown command "complie"; did you mean compile?'
expect 2 compile x
says err '-o OUT.snap'
expect 2 compile -o - "$data/tree.zone"
says err 'a snapshot is written to a file'
expect 2 check -o a.snap x
says err 'zonec check takes no --output'
expect 2 check x y
says err 'one only (2 given)'
expect 2 check --sctrict x
says err 'did you mean --strict?'
expect 2 check --format=python x
says err '--format=python is none of bind, pyzone'
expect 2 check --diagnostics=xml x
says err '--diagnostics=xml is none of text, json'
expect 2 check missing.zone
says err 'cannot read missing.zone: No such file or directory'
expect 2 check .
says err 'Is a directory'

((failures == 0)) || exit 1
echo "all fine"
