#!/bin/sh
# Makes the two views of the machine that sandbox.ts describes, in namespaces that its caller has created. Arguments:
# stage, the sandbox's folder, then paths to be seen read-only (+), hidden (-) or written to (=). Prints "ready" when
# both views are there. Ends, with everything in the second one, when its standard input closes.
set -eu
stage=$1 base=$2
shift 2

if [ "$stage" = judge ]; then
  ip link set lo up 2>/dev/null || perl -e '
    my $request = pack("a16 s x22", "lo", 0x49); # SIOCSIFFLAGS: up, loopback, running
    socket(my $socket, 2, 2, 0) && ioctl($socket, 0x8914, $request) or die "the loopback device stays down: $!\n"'
  mount -t tmpfs -o size=512m,nr_inodes=100k,mode=700 tmpfs "$base/tmp"
  { unshare --mount --pid --fork --kill-child -- sh "$0" student "$base" "$@" </dev/null || kill $$; } &
  cat >/dev/null
  kill -s KILL 0
fi

root=$base/root
mount -t tmpfs -o size=16m,mode=755 tmpfs "$root"

# The same path below the new root, as the same kind of file.
place() {
  if [ -d "$1" ]; then
    mkdir -p "$root$1"
  else
    mkdir -p "$root${1%/*}"
    : >"$root$1"
  fi
}
show() {
  place "$1"
  mount --rbind "$1" "$root$1"
  mount -o remount,bind,ro "$root$1"
}

for each in /bin /sbin /lib /lib32 /lib64; do
  if [ -L "$each" ]; then cp -P "$each" "$root$each"; elif [ -d "$each" ]; then show "$each"; fi
done
show /usr
for each in ld.so.cache passwd group hosts nsswitch.conf localtime alternatives; do
  [ ! -e "/etc/$each" ] || show "/etc/$each"
done
for each in null zero full random urandom; do
  place "/dev/$each"
  mount --bind "/dev/$each" "$root/dev/$each"
done
ln -s /proc/self/fd "$root/dev/fd"
mkdir "$root/proc" "$root/dev/shm" "$root/old"
mount -t proc proc "$root/proc"
mount -t tmpfs -o size=64m tmpfs "$root/dev/shm"

for each in "$@"; do
  path=${each#?}
  case $each in
  +*) show "$path" ;;
  =*) place "$path" && mount --rbind "$path" "$root$path" ;;
  -*) mount --bind /dev/null "$root$path" ;;
  esac
done

cd "$root"
pivot_root . old
cd /
umount -l /old
rmdir /old
mount -o remount,bind,ro /
echo ready
# The first process of its namespace outlives all others there, which may kill its child. A shell that waits leaves no
# zombies of them.
while :; do
  sleep infinity &
  wait
done
