import ShellSyntax

/// Reads statements of a database as its client and its server would, and says what they do.
///
/// What cannot be read is a write that is possible, and the findings are not complete: behind text
/// that is not known any statement may stand.
public enum SQLScript {
    // LIMIT: the bytes of one script; twice the longest command line. A longer one is a dump that
    // nobody reads before it runs.
    public static let maximumBytes = 1 << 18

    /// What a text does; the client is the program that reads it, with commands of its own.
    public static func findings(
        in text: AbstractText,
        engine: SQLEngine,
        client: SQLClient? = nil
    ) -> CodeFindings {
        reading(of: text, engine: engine, client: client).findings
    }

    /// The findings, and the steps that it took to get them: bytes and tokens that were looked at.
    public static func reading(
        of text: AbstractText,
        engine: SQLEngine,
        client: SQLClient? = nil
    ) -> (findings: CodeFindings, steps: Int) {
        let query = QueryText(text)
        guard query.count <= maximumBytes else {
            let kind = DatabaseEffect(.databaseWrite, engine: engine.rawValue, nil).kind
            let write = CodeEffect(kind, .possible, at: nil)
            return (CodeFindings(effects: [write], isComplete: false), 0)
        }
        var readings: [CodeFindings] = []
        var steps = 0
        for dialect in engine.dialects {
            var reader = SQLReader(query, engine: engine, dialect: dialect, client: client)
            reader.readAll()
            readings.append(reader.collector.findings)
            steps += reader.work.steps
        }
        return (united(readings), steps)
    }

    /// What several products would do: certain is only what all of them do.
    private static func united(_ readings: [CodeFindings]) -> CodeFindings {
        guard readings.count > 1 else { return readings.first ?? .opaque }
        var counts: [CodeEffect.Kind: Int] = [:]
        for effect in readings.flatMap(\.effects) where effect.certainty == .certain {
            counts[effect.kind, default: 0] += 1
        }
        var collector = EffectCollector()
        for reading in readings {
            for effect in reading.effects {
                let isCertain = counts[effect.kind] == readings.count
                collector.add(effect.kind, isCertain ? .certain : .possible, at: effect.place)
            }
            if !reading.isComplete { collector.leaveOpen() }
        }
        return collector.findings
    }
}
