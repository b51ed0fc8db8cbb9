# SPDX-License-Identifier: MPL-2.0
# Sourced by the tests that want a fresh Debian 12: makes one of this machine's own package sources,
# and runs commands in it.

# needs_for_root NAME: ends with a word on what is missing.
needs_for_root() {
  if [ "$(id -u)" -ne 0 ]; then
    echo "$1: needs root, to mount inside the new system and to change into it" >&2
    exit 77
  fi
  if ! command -v mmdebstrap >/dev/null; then
    echo "$1: mmdebstrap is missing; Debian's package of that name has it" >&2
    exit 69
  fi
}

# Of this machine's sources those of bookworm: others (Node, clouds) are not what is new and fresh.
sources_of_bookworm() {
  shopt -s nullglob
  awk '/^[[:space:]]*deb[[:space:]]/ && / bookworm(-[a-z]+)? /' \
    /dev/null /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null || true
}
sources822_of_bookworm() {
  shopt -s nullglob
  awk 'BEGIN { RS = ""; FS = "\n"; ORS = "\n\n" }
       { for (i = 1; i <= NF; i++)
           if ($i ~ /^Suites:/ && $i ~ /[[:space:]]bookworm(-[a-z]+)?([[:space:]]|$)/) {
             print
             next
           } }' \
    /dev/null /etc/apt/sources.list.d/*.sources
}

# fresh_root NAME WORK PACKAGES: a Debian 12 with these packages in WORK/root.
fresh_root() {
  local name=$1 work=$2 root=$2/root mirrors=()
  sources_of_bookworm >"$work/sources.list"
  sources822_of_bookworm >"$work/debian.sources"
  [ ! -s "$work/sources.list" ] || mirrors+=("$work/sources.list")
  [ ! -s "$work/debian.sources" ] || mirrors+=("$work/debian.sources")
  # A proxy, its certificates, and a mirror that stands still are this machine's way to the packages.
  local kept='^Acquire::(https?::(proxy|cainfo|verify)|Check-(Valid-Until|Date)|Retries)'
  apt-config dump | grep -iE "$kept" >"$work/apt.conf" || true
  if ! mmdebstrap --variant=apt --include="$3" --aptopt="$work/apt.conf" \
      bookworm "$root" "${mirrors[@]}" >"$work/mmdebstrap.log" 2>&1; then
    tail -n 30 "$work/mmdebstrap.log" >&2
    echo "$name: mmdebstrap could not make the new system" >&2
    exit 69
  fi
  # What this machine trusts and how it reaches npm's registry is no part of Debian.
  if compgen -G '/usr/local/share/ca-certificates/*.crt' >/dev/null; then
    cp /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/"
    chroot "$root" update-ca-certificates >/dev/null 2>&1
  fi
  cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
}

passed=()
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY npm_config_registry \
            NODE_EXTRA_CA_CERTS SSL_CERT_FILE; do
  [ -z "${!name-}" ] || passed+=("$name=${!name}")
done

# in_root ROOT FOLDER COMMAND...: in a namespace of its own, so that no process and no mount
# outlives it.
in_root() {
  # shellcheck disable=SC2016  # meant for the inner shell
  unshare --mount --pid --fork --kill-child sh -ec '
    root=$1
    shift
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount --rbind /sys "$root/sys"
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
    exec chroot "$root" "$@"' sh "$1" \
    env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 ${passed[@]+"${passed[@]}"} sh -c 'cd "$1" && shift && exec "$@"' sh "${@:2}"
}
