/// Scalars, each in exactly one spelling.
extension YAMLField {
    /// A text.
    ///
    /// One without quotes is refused where a version of YAML reads it as something else.
    package func text(maximumBytes: Int = YAMLLimits.textBytes) -> String? {
        guard case .scalar(let text, let isPlain) = node.content else {
            refuse(expected: "a text")
            return nil
        }
        if isPlain {
            switch PlainScalar(text) {
            case .text: break
            case .null:
                refuse(expected: "a text")
                return nil
            case .boolean:
                refuse("\(text.quoted) is a boolean to some readers of YAML, put it in quotes")
                return nil
            case .number:
                refuse("\(text.quoted) is a number to some readers of YAML, put it in quotes")
                return nil
            case .time:
                refuse("\(text.quoted) is a date to some readers of YAML, put it in quotes")
                return nil
            }
        }
        guard text.utf8.count <= maximumBytes else {
            refuse("exceeds the limit of \(maximumBytes) bytes")
            return nil
        }
        return text
    }

    /// A text or a number as it is written, for values that have a grammar of their own.
    package func written(_ expected: String) -> String? {
        guard case .scalar(let text, let isPlain) = node.content,
            !(isPlain && PlainScalar(text) == .null), text.utf8.count <= YAMLLimits.textBytes
        else {
            refuse(expected: expected)
            return nil
        }
        return text
    }

    /// A text that a closure understands, or a finding that says what was expected.
    package func text<Value>(_ expected: String, _ read: (String) -> Value?) -> Value? {
        guard let text = text() else { return nil }
        guard let value = read(text) else {
            refuse("expected \(expected), found \(text.quoted)")
            return nil
        }
        return value
    }

    /// One of the words that a type has.
    package func choice<Choice: CaseIterable & RawRepresentable<String>>(
        of type: Choice.Type = Choice.self
    ) -> Choice? {
        let words = Choice.allCases.map(\.rawValue)
        guard let word = written("one of \(words.quotedList)") else { return nil }
        guard let choice = Choice(rawValue: word) else {
            let guess = Suggestion.closest(to: word, among: words)
            let hint = guess.map { "; did you mean \($0.quoted)?" } ?? ""
            refuse("expected one of \(words.quotedList), found \(word.quoted)\(hint)")
            return nil
        }
        return choice
    }

    /// `true` or `false`, without quotes, and nothing else.
    package func boolean() -> Bool? {
        switch node.content {
        case .scalar("true", isPlain: true): return true
        case .scalar("false", isPlain: true): return false
        case .scalar, .sequence, .mapping:
            refuse(expected: "`true` or `false`")
            return nil
        }
    }

    /// A decimal number without sign, leading zeros or underscores.
    package func integer<Value: FixedWidthInteger>(in range: ClosedRange<Value>) -> Value? {
        let expected = "a number from \(range.lowerBound) to \(range.upperBound)"
        guard case .scalar(let text, isPlain: true) = node.content,
            let value = Value(strictDecimal: text), range.contains(value)
        else {
            refuse(expected: expected)
            return nil
        }
        return value
    }

    /// `90s`, `10m`, `2h` or `7d`.
    package func duration(in range: ClosedRange<Duration>) -> Duration? {
        let expected =
            "a duration from \(range.lowerBound.written) to \(range.upperBound.written), "
            + "like `90s`, `10m`, `2h` or `7d`"
        guard let seconds = scaled([("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)]),
            range.contains(.seconds(seconds))
        else {
            refuse(expected: expected)
            return nil
        }
        return .seconds(seconds)
    }

    /// `512KiB`, `64MiB`, `1GiB` or `1TiB`.
    package func byteSize(in range: ClosedRange<UInt64>) -> UInt64? {
        let units: [(String, Int64)] = [
            ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
        ]
        guard let size = scaled(units), range.contains(UInt64(size)) else {
            refuse(
                expected: "a size from \(range.lowerBound.writtenSize) to "
                    + "\(range.upperBound.writtenSize), like `512KiB`, `64MiB` or `1GiB`"
            )
            return nil
        }
        return UInt64(size)
    }

    /// A point in time of RFC 3339, in seconds since 1970.
    package func unixSeconds() -> UInt64? {
        guard let text = written("a time like `2026-12-31T23:59:59Z`") else { return nil }
        guard let seconds = InternetTime.unixSeconds(text) else {
            refuse("expected a time like `2026-12-31T23:59:59Z`, found \(text.quoted)")
            return nil
        }
        return seconds
    }

    /// A decimal number with one of the units behind it.
    private func scaled(_ units: [(suffix: String, factor: Int64)]) -> Int64? {
        guard case .scalar(let text, _) = node.content else { return nil }
        for unit in units where text.hasSuffix(unit.suffix) {
            guard let number = Int64(strictDecimal: String(text.dropLast(unit.suffix.count)))
            else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: unit.factor)
            return overflow ? nil : product
        }
        return nil
    }
}

extension FixedWidthInteger {
    /// Nil for everything but `0` and digits that begin with another one.
    package init?(strictDecimal text: String) {
        let digits = text.utf8
        guard !digits.isEmpty, digits.count <= 20,
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            digits.first != UInt8(ascii: "0") || digits.count == 1
        else { return nil }
        self.init(text)
    }
}

extension Duration {
    /// As the files write it.
    package var written: String {
        let seconds = components.seconds
        for (factor, unit) in [(86_400, "d"), (3600, "h"), (60, "m")] as [(Int64, String)]
        where seconds >= factor && seconds.isMultiple(of: factor) {
            return "`\(seconds / factor)\(unit)`"
        }
        return "`\(seconds)s`"
    }
}

extension UInt64 {
    fileprivate var writtenSize: String {
        for (shift, unit) in [(40, "TiB"), (30, "GiB"), (20, "MiB")]
        where self >> UInt64(shift) > 0 && trailingZeroBitCount >= shift {
            return "`\(self >> UInt64(shift))\(unit)`"
        }
        return "`\(self >> 10)KiB`"
    }
}
