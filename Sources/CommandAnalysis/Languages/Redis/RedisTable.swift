/// The commands of Redis and its forks, and what each of them does.
enum RedisTable {
    enum Kind: Hashable, Sendable {
        case read
        /// Changes what one key holds.
        case write
        /// Takes away the keys that are its operands.
        case delete
        /// Takes away or replaces everything.
        case erase
        case schema
        case administer

        var action: Action {
            switch self {
            case .read: .databaseRead
            case .write, .delete, .erase: .databaseWrite
            case .schema: .databaseSchema
            case .administer: .databaseAdminister
            }
        }
    }

    static func hasSubcommands(_ name: String) -> Bool { subcommands[name] != nil }

    static func kind(_ name: String, _ subcommand: String) -> Kind? {
        guard let table = subcommands[name] else { return commands[name] }
        if table.reading.contains(subcommand) { return .read }
        return subcommand.isEmpty ? nil : table.others
    }

    /// Commands of which no operand is a key.
    static func hasNoKey(_ statement: String) -> Bool {
        statement.utf8.contains(0x20) || withoutKey.contains(statement)
    }

    private static let withoutKey = words(
        """
        keys scan info ping echo auth hello select quit multi exec discard unwatch reset wait waitaof \
        readonly readwrite asking lolwut dbsize time role lastsave subscribe \
        psubscribe ssubscribe unsubscribe punsubscribe sunsubscribe randomkey help exit connect \
        clear ft._list eval_ro evalsha_ro fcall_ro
        """
    )

    private static let commands: [String: Kind] = table([
        (
            .read,
            """
            get mget getrange substr strlen exists type ttl pttl expiretime pexpiretime dump touch \
            getbit bitcount bitpos bitfield_ro lcs digest \
            hget hmget hgetall hexists hkeys hlen hvals hstrlen hscan hrandfield httl hpttl \
            hexpiretime hpexpiretime \
            llen lrange lindex lpos \
            scard sismember smismember smembers srandmember sinter sintercard sunion sdiff sscan \
            zcard zcount zlexcount zrange zrangebyscore zrangebylex zrevrange zrevrangebyscore \
            zrevrangebylex zrank zrevrank zscore zmscore zscan zrandmember zinter zintercard zunion \
            zdiff \
            xlen xrange xrevrange xread xpending \
            pfcount geodist geohash geopos geosearch georadius_ro georadiusbymember_ro sort_ro \
            watch \
            vcard vdim vemb vgetattr vinfo vismember vlinks vrandmember vrange vsim \
            json.get json.mget json.type json.strlen json.arrlen json.arrindex json.objkeys \
            json.objlen json.resp ft.search ft.aggregate ft.info ft.explain ft.explaincli ft.profile \
            ft.tagvals ft.sugget ft.suglen ft.spellcheck ft.dictdump ft.syndump ts.get ts.mget \
            ts.range ts.revrange ts.mrange ts.mrevrange ts.info ts.queryindex bf.exists bf.mexists \
            bf.info bf.card cf.exists cf.mexists cf.count cf.info cms.query cms.info topk.query \
            topk.count topk.list topk.info tdigest.quantile tdigest.info graph.ro_query graph.explain
            """ + " "
                + """
                keys scan info ping echo auth hello select quit multi exec discard unwatch reset wait \
                waitaof readonly readwrite asking lolwut dbsize time role lastsave \
                subscribe psubscribe ssubscribe unsubscribe punsubscribe sunsubscribe randomkey help \
                exit clear ft._list eval_ro evalsha_ro fcall_ro
                """
        ),
        (
            .write,
            """
            set setnx setex psetex mset msetnx append setrange getset getex incr incrby incrbyfloat \
            decr decrby setbit bitop bitfield msetex delex \
            hset hsetnx hmset hincrby hincrbyfloat hdel hgetdel hgetex hsetex hexpire hpexpire \
            hexpireat hpexpireat hpersist \
            lpush lpushx rpush rpushx linsert lset lrem ltrim lpop rpop lmove lmpop blpop brpop \
            blmove blmpop rpoplpush brpoplpush \
            sadd srem spop smove sinterstore sunionstore sdiffstore \
            zadd zincrby zrem zremrangebyrank zremrangebyscore zremrangebylex zpopmin zpopmax \
            bzpopmin bzpopmax zmpop bzmpop zinterstore zunionstore zdiffstore zrangestore \
            xadd xdel xdelex xackdel xtrim xack xclaim xautoclaim xreadgroup xsetid \
            pfadd pfmerge geoadd geosearchstore publish spublish \
            expire pexpire expireat pexpireat persist rename renamenx copy move restore \
            vadd vrem vsetattr \
            json.set json.mset json.merge json.del json.forget json.numincrby json.nummultby \
            json.strappend json.arrappend json.arrinsert json.arrpop json.arrtrim json.toggle \
            json.clear ts.add ts.madd ts.incrby ts.decrby ts.del ts.create ts.alter ts.createrule \
            ts.deleterule bf.add bf.madd bf.reserve bf.insert cf.add cf.addnx cf.del cf.reserve \
            cms.incrby topk.add tdigest.add graph.query
            """
        ),
        (.delete, "del unlink getdel"),
        (.erase, "flushall flushdb swapdb"),
        (.schema, "ft.create ft.alter ft.dropindex ft.drop ft.aliasadd ft.aliasdel ft.aliasupdate"),
        (
            .administer,
            """
            save bgsave bgrewriteaof shutdown failover debug replconf pfdebug pfselftest \
            restore-asking ft.config monitor sync psync
            """
        ),
    ])

    private struct Subcommands {
        let reading: Set<String>
        var others = Kind.administer
    }

    private static let subcommands: [String: Subcommands] = [
        "acl": Subcommands(reading: words("cat dryrun genpass getuser help list log users whoami")),
        "client": Subcommands(
            reading: words(
                """
                caching getname getredir help id info list reply setinfo setname tracking trackinginfo
                """
            )
        ),
        "cluster": Subcommands(
            reading: words(
                """
                count-failure-reports countkeysinslot getkeysinslot help info keyslot links myid \
                myshardid nodes replicas shards slaves slot-stats slots
                """
            )
        ),
        "latency": Subcommands(reading: words("doctor graph help histogram history latest")),
        "memory": Subcommands(reading: words("doctor help malloc-stats stats usage")),
        "object": Subcommands(reading: words("encoding freq help idletime refcount")),
        "pubsub": Subcommands(
            reading: words("channels help numpat numsub shardchannels shardnumsub")
        ),
        "sentinel": Subcommands(
            reading: words(
                """
                ckquorum get-master-addr-by-name help info-cache master masters myid \
                pending-scripts replicas sentinels slaves
                """
            )
        ),
        "slowlog": Subcommands(reading: words("get help len")),
        "xgroup": Subcommands(reading: words("help"), others: .write),
        "xinfo": Subcommands(reading: words("consumers groups help stream")),
    ]

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(separator: " ").map(String.init))
    }

    private static func table(_ rows: [(Kind, String)]) -> [String: Kind] {
        var table: [String: Kind] = [:]
        for (kind, names) in rows {
            for name in words(names) { table[name] = kind }
        }
        return table
    }
}
