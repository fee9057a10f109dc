# shellcheck shell=sh
# Sourced by the launcher, by ./claudometer and ./test: prints the home of a JDK 25 or newer, or says in one line what to install.

java_major() {
  "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p'
}

release_major() {
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

# What installs one here. An apt names what its own sources have: Debian 12, for one, has none that is new enough.
jdk_source() {
  if knows_apt openjdk-25-jdk; then
    echo "'apt install openjdk-25-jdk'"
  elif knows_apt temurin-25-jdk; then
    echo "'apt install temurin-25-jdk'"
  elif command -v apt-get >/dev/null; then
    echo "add the repository of https://adoptium.net/installation/linux/ and 'apt install temurin-25-jdk'"
  elif command -v dnf >/dev/null; then
    echo "'dnf install java-25-openjdk-devel'"
  elif command -v pacman >/dev/null; then
    echo "'pacman -S jdk-openjdk'"
  elif command -v apk >/dev/null; then
    echo "'apk add openjdk25'"
  elif command -v brew >/dev/null; then
    echo "'brew install openjdk'"
  else
    echo "install one from https://adoptium.net"
  fi
}

knows_apt() {
  [ -n "$(apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *[0-9]/&/p')" ]
}

find_jdk() {
  on_path=$(readlink -f "$(command -v java 2>/dev/null || :)" 2>/dev/null || :)
  on_path=${on_path%/bin/java}
  for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/java/* "${HOME:-}"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$home" ] && [ -x "$home/bin/$1" ] || continue
    major=$(release_major "$home" || :)
    [ -n "$major" ] || major=$(java_major "$home" || :)
    if [ "${major:-0}" -ge 25 ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  echo "claudometer needs a JDK 25 or newer: $(jdk_source), or point JAVA_HOME at one." >&2
  return 1
}

# Keeps which JDK a jar was last started with: remember_jdk HOME CACHE STAMP. What belonged to other jars goes.
remember_jdk() {
  (umask 077 && mkdir -p "$2") || return 1
  rm -rf "$2"/jdk-* "$2"/native-* "$2"/archives-* "$2"/archiving-* "$2"/aot-*
  printf '%s\n' "$1" >"$2/jdk-$3.$$" && mv -f "$2/jdk-$3.$$" "$2/jdk-$3"
}
