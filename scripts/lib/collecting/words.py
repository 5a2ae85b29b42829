"""What single words say of a line: lists for the judgement and the choice."""

# What a shell has in itself.
BUILTINS = set("""
. : [ [[ alias bg break builtin caller cd command compgen complete continue declare dirs disown echo
enable eval exec exit export false fc fg getopts hash help history jobs kill let local logout
mapfile popd printf pushd pwd read readarray readonly return set shift shopt source suspend test
time times trap true type typeset ulimit umask unalias unset wait
""".split())

# Programs that manuals speak of though Debian has them in no package, or by an alternative.
ELSEWHERE = set("""
aclocal apache2ctl apachectl automake awk bzr c++ c89 c99 cargo cc chkconfig clang cpp createdb
crictl cvs dnf docker-compose dropdb easy_install ex fsck g++ gcc gcloud gcov gem git-shell gmake go
gofmt gsutil halt helm hg infobrowser init initdb insmod invoke-rc.d ip6tables iptables-legacy jar
java javac javadoc kubeadm kubelet libtoolize llvm-cov lsmod mail mariadb mkfs modprobe mongo
mongosh mysql mysqladmin mysqldump nawk nc netcat nft node nosetests npx packer pager perl pg_ctl
php pip pip3 poweroff psql pytest python python2 python3 reboot rmmod rsh ruby runlevel rustc
sendmail service shutdown snap svn telinit terraform traceroute update-rc.d vault vi view vim vmstat
w which x-terminal-emulator yarn yum zfs zpool
""".split())

# Programs whose names begin English sentences and lines of output as well.
WORDS = set("""
a act age animate ant apply apropos apt ar as at attr batch bc bear build bundle bup catalog change
check ci clear co column comm command compare complete convert cron cut date dc dig display duf dump
echo ed enable env ex exit expand expect fabric facter factor false file find finger fish fold free
gh go gold groups halt hash head help history hold host hub id ident identify import in info install
join kill last ld less let like lines link local locate login look mail make man members merge monit
montage more mosh mount mt nice nl nm node open pass paste patch perl pig python rake rcs read
reboot rename replace reset restore return rev ring runit salt screen script scrub see select
service set shutdown size skill sleep sort source split ss start stat state status stop stream
strings sum sync tail talk tap test tig time tool top tor tox trap tree true type unlink use users
valgrind var view w wait wall watch what whatis which who wipe write yes
""".split())

# Of these, a name and one operand are enough.
TOOLS = set("""
apt bundle cd go id kill make man mount node pass rake reboot sync tox
""".split())

# What English has in every sentence.
STOP_WORDS = set("""
a all also an and any are as be but by can each from had has have how if in into is it its may must
not of on only or our should some such than that the then there these they this to used using was we
when where will with you your
""".split())

# What a manual puts for something that its reader has to put in.
CAPITALS = set("""
ADDRESS ARCHIVE ARG ARGS BRANCH CMD COMMAND COMMIT CONTAINER DEST DEV DEVICE DIR DIRECTORY DOMAIN
DST EXPRESSION FILE FILENAME FILES HOST HOSTNAME ID IFACE IMAGE INTERFACE KEY MOUNTPOINT NAME NUM
NUMBER OPTION OPTIONS PACKAGE PASSPHRASE PASSWORD PATH PATTERN PID PORT PROGRAM REPO REPOSITORY
SCRIPT SECRET SERVER SOURCE SRC STRING TARGET TOKEN URL USER USERNAME VALUE VERSION
""".split())

# What machines are run with day by day, which is wanted more often than the rest.
EVERYDAY = set("""
7z a2dismod a2enmod a2ensite aa-complain aa-enforce adduser aide ansible ansible-galaxy
ansible-playbook apache2ctl apt apt-cache apt-get apt-key apt-mark aptitude arp at auditctl ausearch
awk aws az badblocks barman basename blkdiscard blkid borg bpftrace brctl btrfs buildah bundle bup
busctl cargo cat cd ceph certbot chage chattr chmod chown chpasswd clamscan cmake comm composer
conntrack cp cpio createdb createuser crm crontab cryptsetup ctr curl cut date dd deb-systemd-invoke
debugfs deluser df diff dig dirname dmesg dnf docker docker-compose doveadm dpkg dpkg-buildpackage
dpkg-divert dpkg-query dpkg-reconfigure drbdadm dropdb du dumpe2fs duplicity e2fsck echo ed env
etcdctl ethtool exim exim4 exportfs fail2ban-client fdisk file find firewall-cmd flatpak free fsck
fstrim gawk gcc gem getfacl gh git gluster go gpasswd gpg gradle grep groupadd groups grub-install
gzip haproxy hdparm head hexdump host hostname hostnamectl id ifconfig ifup install invoke-rc.d
iostat ip ip6tables ipset iptables iptables-restore iptables-save iscsiadm iw journalctl jq kadmin
kexec keytool kill killall kinit kubectl last ldapadd ldapmodify ldapsearch less ln logger loginctl
logrotate losetup ls lsblk lsof lvchange lvconvert lvcreate lvextend lvreduce lvremove lvresize lvs
lxc lxc-create lxc-destroy machinectl make mariadb mdadm mkdir mke2fs mkfs mkfs.btrfs mkfs.ext2
mkfs.ext3 mkfs.ext4 mkfs.vfat mkfs.xfs mkswap mktemp modprobe mongo mongodump mount multipath mv mvn
mysql mysqladmin mysqldump nano nc ndctl netstat networkctl nft nginx nice nl nmap nmcli node nohup
npm nvme od openssl openstack parted passwd paste patch pcs perf pg_basebackup pg_ctl pg_ctlcluster
pg_dump pg_dumpall pg_lsclusters pg_restore pgbackrest pgrep pidof ping pip pkill podman postconf
postfix postmap postqueue ps psql pstree puppet pvchange pvcreate pvmove pvremove pvresize pvs
python python3 qemu-img rabbitmqctl rbd rclone rdiff-backup readlink realpath reboot redis-cli
renice resize2fs resolvectl restic restorecon rm rmdir route rpm rsnapshot rsync ruby runc runuser
s3cmd sa-learn samba-tool sar scp screen sed semanage seq service sestatus setenforce setfacl sfdisk
sftp sgdisk shred shutdown skopeo smartctl socat sort split sqlite3 squid ss ssh ssh-add ssh-agent
ssh-copy-id ssh-keygen stat strace strings su sudo swapoff swapon sync sysctl systemctl
systemd-analyze systemd-nspawn systemd-run tac tail tar tc tcpdump tee timedatectl tmux top touch tr
truncate tune2fs ufw ulimit umask umount uname uniq unzip update-alternatives update-grub
update-initramfs update-rc.d uptime useradd userdel usermod vacuumdb vagrant varnishadm vgchange
vgcreate vgextend vgreduce vgremove vgs vim virsh virt-clone virt-install visudo vmstat w wall watch
wc wg wget who whoami wipefs xargs xfs_repair xfsdump xxd xz yum zfs zip zpool zstd
""".split())
