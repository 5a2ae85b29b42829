extension Dictionary {
    /// Whether both stand in the same place: neither was changed since one was made of the other.
    ///
    /// Two that are equal may stand in different places. Most branches of a line leave most tables of the
    /// shell as they were, and comparing these takes longer than all else that joining them does.
    func isSurelySame(as other: Self) -> Bool {
        unsafe unsafeBitCast(self, to: UInt.self) == unsafeBitCast(other, to: UInt.self)
    }
}

extension Dictionary where Value: Equatable {
    /// The keys of the values that are others in a dictionary with the same keys in the same order; nil
    /// where it has not these.
    ///
    /// Neither keys nor values are copied, which takes longer than comparing them.
    func keysOfOthers(than other: Self) -> [Key]? {
        guard count == other.count else { return nil }
        var changed: [Key] = []
        var (index, theirs) = (startIndex, other.startIndex)
        while index != endIndex {
            guard keys[index] == other.keys[theirs] else { return nil }
            if values[index] != other.values[theirs] { changed.append(keys[index]) }
            formIndex(after: &index)
            other.formIndex(after: &theirs)
        }
        return changed
    }
}
