/// Something that is counted over commands that were asked about.
package protocol CommandTally: Sendable {
    init(by book: RuleBook)
    mutating func add(_ asked: BookComparison.Asked)
}
