import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `code of MongoDB's shell` {
    @Test(arguments: [
        ("db.users.find()", ["database.read find users"]),
        ("db.users.find({name: 'db.users.drop()'})", ["database.read find users"]),
        ("db.users.find({a: 1}).sort({b: -1}).limit(5).toArray()", ["database.read find users"]),
        ("db.users.countDocuments({})", ["database.read countDocuments users"]),
        ("db.getCollection('drop').findOne()", ["database.read findOne drop"]),
        ("db['users'].find()", ["database.read find users"]),
        ("db.getSiblingDB('app').users.find()", ["database.read find users app"]),
        ("db.a.b.find()", ["database.read find a.b"]),
        (
            "db.users.aggregate([{$match: {a: 1}}, {$group: {_id: '$a', n: {$sum: 1}}}])",
            ["database.read aggregate users"]
        ),
        ("printjson(db.stats())", ["database.read stats"]),
        ("JSON.stringify(db.serverStatus())", ["database.read serverStatus"]),
        ("show dbs", ["database.read show"]),
        ("show collections\ndb.users.find()", ["database.read show", "database.read find users"]),
        ("use app\ndb.users.find()", ["database.read use", "database.read find users app"]),
        ("rs.status()", ["database.read rs.status"]),
        ("sh.status()", ["database.read sh.status"]),
        ("db.adminCommand({ping: 1})", ["database.read ping"]),
        ("db.runCommand('ping')", ["database.read ping"]),
        ("db.adminCommand('listDatabases')", ["database.read listDatabases"]),
        ("db.users.explain().remove({})", ["database.read explain users"]),
        ("// db.users.drop()\ndb.users.find()", ["database.read find users"]),
        ("db.users.find(/* drop() */)", ["database.read find users"]),
        (
            "db.users.find({a: /drop/i, b: ISODate('2024-01-01'), c: new Date()})",
            ["database.read find users"]
        ),
        ("db.users.find({_id: ObjectId('{digits}')})", ["database.read find users"]),
        ("db.users.getIndexes()", ["database.read getIndexes users"]),
        ("", []),
    ])
    func `reads`(_ sample: (text: String, lines: [String])) {
        #expect(lines(sample.text) == sample.lines)
    }

    @Test(arguments: [
        ("db.users.insertOne({a: 1})", "database.write insert users bounded"),
        ("db.users.updateOne({}, {$set: {a: 1}})", "database.write update users bounded"),
        ("db.users.deleteOne({})", "database.write delete users bounded"),
        ("db.users.deleteMany({a: 1})", "database.write delete users bounded"),
        ("db.users.deleteMany({})", "database.write delete users unbounded"),
        ("db.users.deleteMany()", "database.write delete users unbounded"),
        ("db['users']['deleteMany']({})", "database.write delete users unbounded"),
        ("db . users /* x */ . deleteMany ( { } )", "database.write delete users unbounded"),
        ("db.users.remove({})", "database.write delete users unbounded"),
        ("db.users.remove({}, true)", "database.write delete users bounded"),
        ("db.users.remove({}, false)", "database.write delete users unbounded"),
        ("db.users.remove({}, {justOne: 1})", "database.write delete users bounded"),
        ("db.users.remove({}, {justOne: false})", "database.write delete users unbounded"),
        ("db.users.remove({a: 1})", "database.write delete users bounded"),
        ("db.users.update({}, {a: 1})", "database.write update users bounded"),
        (
            "db.users.update({}, {$set: {a: 1}}, {multi: true})",
            "database.write update users unbounded"
        ),
        ("db.users.updateMany({}, {$set: {a: 1}})", "database.write update users unbounded"),
        ("db.users.bulkWrite([{deleteMany: {filter: {}}}])", "database.write bulk users unbounded"),
        ("db.users.bulkWrite([{insertOne: {document: {}}}])", "database.write bulk users bounded"),
        ("db.users.aggregate([{$out: 'copy'}])", "database.write $out copy unbounded"),
        ("db.users.aggregate([{$merge: {into: 'copy'}}])", "database.write $merge copy bounded"),
        (
            "db.runCommand({delete: 'users', deletes: [{q: {}, limit: 0}]})",
            "database.write delete users unbounded"
        ),
        (
            "db.runCommand({delete: 'users', deletes: [{q: {a: 1}, limit: 0}]})",
            "database.write delete users bounded"
        ),
        ("db.users.drop()", "database.schema drop collection users"),
        ("db.getCollection('users').drop()", "database.schema drop collection users"),
        ("db.runCommand({drop: 'users'})", "database.schema drop collection users"),
        ("db.users.dropIndexes()", "database.schema drop index users"),
        ("db.users.createIndex({a: 1})", "database.schema create index users"),
        ("db.dropDatabase()", "database.schema drop database"),
        ("db.getSiblingDB('app').dropDatabase()", "database.schema drop database app"),
        ("use app\ndb.dropDatabase()", "database.schema drop database app"),
        ("db.adminCommand({dropDatabase: 1})", "database.schema drop database"),
        ("db.createUser({user: 'x', pwd: 'y', roles: []})", "database.administer createUser"),
        ("db.shutdownServer()", "database.administer shutdownServer"),
        ("db.adminCommand({shutdown: 1})", "database.administer shutdown"),
        ("rs.reconfig({})", "database.administer rs.reconfig"),
        ("sh.stopBalancer()", "database.administer sh.stopBalancer"),
        ("db.eval('1')", "code.run javascript"),
        ("db.users.find({$where: 'sleep(1)'})", "code.run javascript"),
        ("if (true) { db.users.drop() }", "database.schema drop collection users"),
        ("print(db.users.drop())", "database.schema drop collection users"),
        ("db.a.find(db.users.drop())", "database.schema drop collection users"),
        ("db.a.find().limit(db.users.drop())", "database.schema drop collection users"),
        ("db.a.find().forEach(d => db.users.drop())", "database.schema drop collection users"),
        ("db.a.find('{text}'); db.users.drop()", "database.schema drop collection users ?"),
        ("load('/tmp/x.js')", "read /tmp/x.js"),
        ("connect('other:27017/x')", "connect other:27017/x"),
    ])
    func `changes what it names`(_ sample: (text: String, finds: String)) {
        #expect(lines(sample.text).contains(sample.finds), "\(lines(sample.text))")
    }

    @Test(arguments: [
        "{}", "{_id: {$exists: true}}", "{_id: {$ne: null}}", "{_id: {$gt: 0}}", "{$and: [{}]}",
        "{$or: [{a: 1}, {}]}", "{$or: [{a: {$exists: true}}, {a: {$exists: false}}]}",
        "{$nor: [{_id: null}]}", "{a: {$nin: []}}", "{a: /.*/}", "{a: {$regex: '.*'}}",
        "{a: {$regex: ''}}",
        "{$expr: true}", "{$expr: {$eq: [1, 1]}}", "{$expr: {$eq: ['$a', '$a']}}",
        "{$comment: 'x'}",
        "{$where: 'true'}", "{_id: {$type: 7}}", "{a: x}", "x", "{$jsonSchema: {}}", "{...x}",
        "{_id: {$not: {$eq: 1}}}", "{$or: []}",
    ])
    func `whose filter leaves out nothing is not bounded`(_ filter: String) {
        let found = lines("db.t.deleteMany(\(filter))")
        #expect(found.contains("database.write delete t unbounded"), "\(found)")
    }

    @Test(arguments: [
        "{a: 1}", "{_id: ObjectId('507f')}", "{a: {$exists: true}}", "{a: {$ne: null}}",
        "{a: {$gt: 0}}",
        "{a: /^x/}", "{a: {$in: [1, 2]}}", "{$or: [{a: 1}, {b: 2}]}", "{$and: [{}, {a: 1}]}",
        "{$expr: {$gt: ['$a', '$b']}}", "{_id: {$in: ['x']}}", "{'a.b': 'x'}", "{a: null}",
        "{createdAt: {$lt: ISODate('2020-01-01')}}", "{_id: {$ne: null}, a: 1}",
    ])
    func `whose filter leaves out something is bounded`(_ filter: String) {
        let found = lines("db.t.deleteMany(\(filter))")
        #expect(found == ["database.write delete t bounded"])
    }

    @Test(arguments: [
        "require('child_process').exec('x')", "process.exit()", "db.users['dr' + 'op']()",
        "db.users[x]()", "const d = db; d.users.drop()", "eval('x')", "db.us\\u0065rs.dr\\u006fp()",
        "`${db.users.drop()}`", "db.users.find(x)", "db.users.unheardOf()", "db.runCommand(x)",
        "function f() {}", "this.db.users.drop()", "{text}", "db.users.find({a: '{text}'})",
        "db.{name}.drop()", "while (true) {}", "db", "db.users",
    ])
    func `that is no call with literals is not complete`(_ text: String) {
        let found = lines(text)
        #expect(found.contains("open"), "\(found)")
    }

    @Test(arguments: [
        "db.a.find(", "db.a.find({a: [", "db.a.find().limit(", "{$and: [", "db.", "'", "/", "`",
        "(", "[{",
        "print(db.a.find());", "show ", "db.a.aggregate([{$match: {",
    ])
    func `of twice the size takes about twice the steps`(_ piece: String) {
        func steps(_ bytes: Int) -> Int {
            let text = String(repeating: piece, count: bytes / piece.utf8.count)
            return MongoScript.reading(of: AbstractText(ShellText(text))).steps
        }
        let small = steps(1 << 14)
        let large = steps(1 << 15)

        #expect(Double(large) <= 2.5 * Double(small) + 4096)
        #expect(large <= 20 << 15)
    }

    @Test func `that is too deep or too long is not complete`() {
        let deep = "db.t.deleteMany(" + String(repeating: "{$and: [", count: 2000)
        #expect(lines(deep).contains("open"))
        let long = String(repeating: "db.t.find();", count: MongoScript.maximumBytes / 12 + 1)
        #expect(lines(long) == ["database.write ?", "open"])
    }

    private func lines(_ text: String) -> [String] {
        FindingsText.lines(MongoScript.findings(in: abstract(text)))
    }
}
