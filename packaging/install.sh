#!/bin/sh
# Installs Claudometer for one user, without root: into ~/.local/share/claudometer, with links in ~/.local/bin.
#   curl -fsSL https://claudometer.dev/install.sh | sh
#   sh install.sh [--version X.Y.Z] [--from DIR_OR_URL] [--prefix DIR]
#   sh install.sh --uninstall [--prefix DIR]
# What is downloaded is held against the release's checksums. Claudometer's history (~/.local/state/claudometer) stays.
set -eu

version=@VERSION@
from=
prefix=${HOME:?}/.local
remove=

say() { printf '%s\n' "$1" >&2; }
fail() {
  say "install.sh: $1"
  exit 1
}

main() {
  while [ $# -gt 0 ]; do
    case $1 in
      --version) version=$2 && shift 2 ;;
      --from) from=$2 && shift 2 ;;
      --prefix) prefix=$2 && shift 2 ;;
      --uninstall) remove=yes && shift ;;
      -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0" && exit 0 ;;
      *) fail "'$1' is not understood: --version, --from, --prefix, --uninstall" ;;
    esac
  done
  place=$prefix/share/claudometer
  if [ -n "$remove" ]; then uninstall; else install; fi
}

uninstall() {
  for name in claudometer claudometer-statusline; do
    case $(readlink "$prefix/bin/$name" 2>/dev/null || :) in
      "$place"/*) rm -f "$prefix/bin/$name" ;;
    esac
  done
  rm -rf "$place" "$place".new-* "$place".old-* "${XDG_CACHE_HOME:-$HOME/.cache}/claudometer"
  say "Claudometer is removed. Its history is kept in ${XDG_STATE_HOME:-$HOME/.local/state}/claudometer."
}

install() {
  name=claudometer-$version-$(platform).tar.gz
  from=${from:-https://github.com/claudometer/claudometer/releases/download/v$version}
  mkdir -p "$prefix/share" "$prefix/bin"
  new=$(mktemp -d "$place.new-XXXXXX")
  trap 'rm -rf "$new"' EXIT
  say "Fetching $name …"
  fetch SHA256SUMS
  fetch "$name"
  expected=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]$name\$/\1/p" "$new/SHA256SUMS")
  [ -n "$expected" ] || fail "$from/SHA256SUMS does not name $name"
  [ "$(checksum "$new/$name")" = "$expected" ] || fail "$name is not what the release's checksum says; nothing was installed"
  mkdir "$new/tree"
  tar -xzf "$new/$name" --strip-components=1 -C "$new/tree"
  "$new/tree/bin/claudometer" --version >/dev/null || fail "it does not run here; nothing was installed"
  old=
  if [ -e "$place" ]; then
    old=$place.old-$$
    mv "$place" "$old"
  fi
  mv "$new/tree" "$place"
  [ -z "$old" ] || rm -rf "$old"
  for program in bin/claudometer claudometer-statusline; do
    ln -sfn "$place/$program" "$prefix/bin/${program##*/}"
  done
  say "$("$prefix/bin/claudometer" --version) is installed: $prefix/bin/claudometer"
  case :$PATH: in
    *":$prefix/bin:"*) ;;
    *) say "Add $prefix/bin to your PATH, then run: claudometer" ;;
  esac
}

platform() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) echo linux-x64 ;;
    Linux-aarch64) echo linux-arm64 ;;
    Darwin-x86_64) echo macos-x64 ;;
    Darwin-arm64) echo macos-arm64 ;;
    *) fail "there is no package for $(uname -s) $(uname -m)" ;;
  esac
  if [ "$(uname -s)" = Linux ] && ldd --version 2>&1 | grep -qi musl; then
    fail "this Linux has musl, and the package needs glibc"
  fi
}

fetch() {
  case $from in
    https://*)
      if command -v curl >/dev/null; then
        curl -fsSL --proto =https --tlsv1.2 -o "$new/$1" "$from/$1" || fail "cannot fetch $from/$1"
      else
        wget -q -O "$new/$1" "$from/$1" || fail "cannot fetch $from/$1"
      fi
      ;;
    *://*) fail "--from takes a directory or an https address" ;;
    *) cp "$from/$1" "$new/$1" || fail "there is no $from/$1" ;;
  esac
}

checksum() {
  if command -v sha256sum >/dev/null; then
    sha256sum "$1" | cut -d ' ' -f 1
  else
    shasum -a 256 "$1" | cut -d ' ' -f 1
  fi
}

# at the end, so that half a script does nothing
main "$@"
