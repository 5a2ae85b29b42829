"""A coarse guess at what a command does to a machine: for the balance of the body only.

It knows neither a policy nor a label. One pattern on each line, of a command at its beginning.
"""

import re

# What manuals show that no one takes back.
DESTROYS = r"""
mkfs(?:\.\w+)?
mke2fs
wipefs
blkdiscard
dd\s.*\bof=/dev
zpool\s+(?:destroy|create|labelclear)
zfs\s+(?:destroy|rollback)
dropdb
dropuser
rm\s+-\w*[rf]
userdel
deluser
groupdel
lvremove
vgremove
pvremove
shred
iptables\s+(?:.*\s)?-[FXD]\b
nft\s+(?:flush|delete)
sgdisk\s+.*(?:-Z|--zap|-o)\b
parted\s+.*mklabel
sfdisk\s+/dev
mdadm\s+.*--?(?:zero|stop|remove|create|fail|S)
cryptsetup\s+(?:.*\s)?(?:luksFormat|erase|luksKillSlot|luksErase|reencrypt)
btrfs\s+(?:subvolume\s+delete|device\s+(?:remove|delete))
docker\s+(?:.*\s)?(?:rm|rmi|prune|kill)\b
podman\s+(?:.*\s)?(?:rm|rmi|prune|kill)\b
kubectl\s+(?:delete|drain|replace)
virsh\s+(?:destroy|undefine)
reboot
shutdown
poweroff
halt
kexec
killall
pkill
kill\s+-9
apt(?:-get|itude)?\s+(?:.*\s)?(?:purge|remove|autoremove)
dpkg\s+(?:-P|-r|--purge|--remove|--force)
find\s.*-delete
find\s.*-exec\s+rm
git\s+(?:push\s+.*(?:-f|--force|--delete)|reset\s+--hard|clean\s|branch\s+-D)
git\s+(?:filter-branch|reflog\s+expire)
truncate
fstrim
swapoff
vgreduce
lvreduce
resize2fs
borg\s+(?:delete|prune)
restic\s+(?:forget|prune)
rsync\s.*--delete
aws\s+\S+\s+(?:delete|terminate)-
ip\s+(?:\S+\s+)?(?:flush|del)
ufw\s+(?:reset|disable|delete)
rbd\s+(?:rm|remove)
ceph\s+osd\s+(?:rm|purge|destroy)
lxc\s+delete
lxc-destroy
etcdctl\s+(?:del|rm)
redis-cli\s+.*FLUSH
rabbitmqctl\s+(?:reset|delete)
DROP\s
TRUNCATE
"""

CHANGES = r"""
mv
cp
ln
mkdir
rmdir
rm
chmod
chown
chgrp
install
touch
tee
sed\s+(?:\S+\s+)?-i
setfacl
chattr
setcap
patch
unzip
tar\s+-?\w*x
cpio\s+-\w*i
systemctl\s+(?:\S+\s+)?(?:start|stop|restart|reload|enable|disable|mask|daemon-reload)
systemctl\s+(?:\S+\s+)?(?:edit|set-|kill|isolate|revert|unmask|link|preset)
service\s+\S+\s+(?:re|st)
invoke-rc\.d
update-rc\.d
deb-systemd
apt(?:-get|itude)?\s+(?:\S+\s+)*?(?:install|upgrade|update|dist-upgrade|full-upgrade)
apt(?:-get|itude)?\s+(?:\S+\s+)*?(?:build-dep)
apt-mark
dpkg\s+-i
dpkg-(?:reconfigure|divert|statoverride)
update-alternatives
update-\w+
(?:user|group)(?:add|mod)
add(?:user|group)
passwd
chpasswd
chage
visudo
gpasswd
mount
umount
swapon
mkswap
fsck
tune2fs
lv(?:create|extend|resize|change|convert)
vg(?:create|extend|change|rename)
pv(?:create|move|resize)
zfs\s+(?:create|set|snapshot|send|receive|clone|promote|rename|mount)
zpool\s+(?:add|attach|replace|scrub|import|export|set)
btrfs\s+(?:subvolume|balance|device|filesystem\s+(?:resize|defrag))
mdadm
cryptsetup
ip\s+(?:-\S+\s+)?(?:link|addr|address|route|rule|netns|tunnel|neigh\w*)\s+(?:add|set)
ip\s+(?:-\S+\s+)?(?:link|addr|address|route|rule|netns|tunnel|neigh\w*)\s+(?:replace)
ip\s+(?:-\S+\s+)?(?:link|addr|address|route|rule|netns|tunnel|neigh\w*)\s+(?:change)
ifup
ifdown
ifconfig\s+\S+\s+\S
nmcli\s+(?:con\w*|dev\w*)\s+(?:add|mod|up|down|delete)
iptables
ip6tables
nft\s+(?:add|insert|-f|create)
ufw\s+\w+
firewall-cmd\s+.*--(?:add|remove|reload|set|new)
ipset\s+(?:create|add)
tc\s+\w+\s+(?:add|change|replace)
sysctl\s+-w
modprobe
rmmod
insmod
docker(?:-compose)?\s+(?:run|exec|start|stop|restart|pull|push|build|compose|up|down)
docker(?:-compose)?\s+(?:swarm|service|stack|network|volume)
podman\s+(?:run|exec|start|stop|restart|pull|push|build|pod|play|kube|network|volume)
podman\s+(?:generate)
buildah
kubectl\s+(?:apply|create|scale|set|rollout|edit|patch|label|annotate|expose|run|exec)
kubectl\s+(?:taint|cordon|autoscale)
virsh\s+(?:start|shutdown|define|attach|detach|set)
lxc\s+(?:launch|start|stop|exec|config)
createdb
createuser
pg_restore
psql\s.*-[cf]
pg_ctl
pg_ctlcluster
mysql\b
mysqladmin
initdb
pgbackrest
barman
redis-cli\s+(?:SET|CONFIG|DEL)
INSERT
UPDATE
ALTER
CREATE
git\s+(?:commit|push|merge|rebase|checkout|pull|add|tag|stash|cherry-pick|am|apply|init)
git\s+(?:clone|remote\s+add|config|rm|mv|branch\s+-)
make\s+install
pip3?\s+install
npm\s+(?:install|publish|uninstall)
gem\s+install
cargo\s+install
crontab
at
batch
kill
renice
hostnamectl
timedatectl\s+set
localectl
loginctl
machinectl
aws\s+\S+\s+(?:create|update|put|modify|run|start|stop|attach|detach|associate|register)-
aws\s+\S+\s+(?:set|reboot|add|remove|disable|enable|cancel|copy|import|restore)-
openstack\s+.*(?:create|set|delete|add|remove)
ansible
ansible-playbook
terraform
scp
rsync
borg\s+(?:create|init|extract|mount)
restic\s+(?:.*\s)?(?:backup|restore|init)
certbot
a2(?:en|dis)\w+
nginx\s+-s
postfix\s+\w+
postmap
newaliases
postconf\s+-e
rabbitmqctl\s+(?:add|set|stop|join)
rbd\s+create
ceph\s+\w+\s+(?:set|create|out|in)
debconf-set-selections
ssh-copy-id
gpg\s+.*--(?:import|gen|delete|sign|recv)
semanage
setsebool
aa-\w+
fail2ban-client\s+set
"""

WRITES_TO_A_FILE = r"(?<![0-9&<-])>{1,2}\s*(?!/dev/null|&|/dev/stderr)[\w/.$\"~]"
BEGINS = r"(?:^|[\s;&|(/])"

DESTROYING = re.compile(BEGINS + "(?:" + "|".join(DESTROYS.split()) + ")")
CHANGING = re.compile(
    BEGINS + "(?:" + "|".join(CHANGES.split()) + r")(?=$|[\s;&|)-])|" + WRITES_TO_A_FILE)


def weight(text: str) -> str:
    """destroys, changes or reads."""
    if DESTROYING.search(text):
        return "destroys"
    return "changes" if CHANGING.search(text) else "reads"
