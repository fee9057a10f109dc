# shellcheck shell=sh disable=SC2034
# Sourced by the scripts beside it: what a release is made of. They run from the top of the source tree.
version=$(sed -n '0,/<version>/s/.*<version>\(.*\)<\/version>.*/\1/p' pom.xml)
stamp=$(sed -n 's/.*<project.build.outputTimestamp>\(.*\)<\/project.build.outputTimestamp>.*/\1/p' pom.xml)
SOURCE_DATE_EPOCH=$(date -u -d "$stamp" +%s)
export SOURCE_DATE_EPOCH
dist=target/dist
case $(uname -m) in
  x86_64) cpu=x64 deb_cpu=amd64 rpm_cpu=x86_64 ;;
  aarch64) cpu=arm64 deb_cpu=arm64 rpm_cpu=aarch64 ;;
  *)
    echo "there are no packages for $(uname -m)" >&2
    exit 1
    ;;
esac
tarball=$dist/claudometer-$version-linux-$cpu.tar.gz

fail() {
  echo "${0##*/}: $1" >&2
  exit 1
}

# The distribution as a system has it, below $1: what is served is in /usr/lib/claudometer.
lay_out() {
  root=$1 lib=$1/usr/lib/claudometer share=$1/usr/share
  [ -s "$tarball" ] || fail "$tarball is missing: ./mvnw -Pdist package makes it"
  rm -rf "$root"
  mkdir -p "$lib" "$root/usr/bin" "$share/bash-completion/completions" "$share/zsh/vendor-completions" \
    "$share/fish/vendor_completions.d" "$share/doc" "$root/usr/lib/sysusers.d" "$root/usr/lib/systemd/system" \
    "$root/etc/claudometer"
  tar -xzf "$tarball" --strip-components=1 -C "$lib"
  # trained where it is: a start-up archive holds for this jar, of this time
  bin/prepare archives "$PWD/$lib/runtime" "$PWD/$lib/bin/claudometer.jar" "$PWD/$lib/bin/archives"
  mv "$lib/share/man" "$share/man"
  find "$share/man" -name '*.1' -exec gzip -9n {} +
  mv "$lib/share/completions/claudometer.bash" "$share/bash-completion/completions/claudometer"
  mv "$lib/share/completions/_claudometer" "$share/zsh/vendor-completions/_claudometer"
  mv "$lib/share/completions/claudometer.fish" "$share/fish/vendor_completions.d/claudometer.fish"
  mv "$lib/share/doc" "$share/doc/claudometer"
  rm -r "$lib/share"
  ln -s ../lib/claudometer/bin/claudometer "$root/usr/bin/claudometer"
  ln -s ../lib/claudometer/claudometer-statusline "$root/usr/bin/claudometer-statusline"
  cp packaging/systemd/claudometer.sysusers "$root/usr/lib/sysusers.d/claudometer.conf"
  cp packaging/systemd/*.service "$root/usr/lib/systemd/system"
  cp packaging/systemd/*.env "$root/etc/claudometer"
  chmod 640 "$root"/etc/claudometer/*.env
  # the jar keeps its own time, which tells its content
  find "$root" ! -name claudometer.jar -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}
