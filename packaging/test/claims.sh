# shellcheck shell=bash disable=SC2034
# Sourced by the tests beside it: claims that hold or not, and what is skipped, said aloud.
claims=0

skip() {
  echo "SKIPPED ${0##*/}: $1"
  exit 0
}

needs() {
  for tool; do
    command -v "$tool" >/dev/null || skip "$tool is not installed"
  done
}

# claim WHAT COMMAND…: a leading ! turns it around.
claim() {
  local what=$1 not=
  shift
  [ "$1" != ! ] || { not=yes && shift; }
  local held=
  if "$@" >/dev/null 2>&1; then held=yes; fi
  if [ "$held" = "$not" ]; then
    echo "  FAILED: $what" >&2
    exit 1
  fi
  claims=$((claims + 1))
  echo "  $what"
}

# Three responses of a made-up person in the Claude home $1: 12 output tokens, 2,000,000 input tokens.
transcripts() {
  mkdir -p "$1/projects/-made-up"
  for n in 1 2 3; do
    echo '{"parentUuid":"u'$n'","cwd":"/made/up","sessionId":"s'$n'","version":"2.1.329","message":{"model":"claude-opus-5-5","id":"msg_'$n'","type":"message","role":"assistant","content":[],"stop_reason":"end_turn","usage":{"input_tokens":'$((n * 1000000))',"output_tokens":4}},"requestId":"req_'$n'","type":"assistant","uuid":"a'$n'","timestamp":"2026-01-0'$n'T10:00:05.000Z"}' \
      >"$1/projects/-made-up/s$n.jsonl"
  done
}

# The package $1 as the version before, in $2.
older() {
  local work
  work=$(mktemp -d)
  dpkg-deb -R "$1" "$work"
  sed -i 's/^Version: .*/Version: 0.0.9/' "$work/DEBIAN/control"
  echo 'the program before' >"$work/usr/lib/claudometer/bin/only-in-the-version-before"
  dpkg-deb --root-owner-group -Zgzip -z1 --build "$work" "$2" >/dev/null
  rm -rf "$work"
}
