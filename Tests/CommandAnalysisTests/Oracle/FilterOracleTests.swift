import Testing

@Suite struct `what a filter prints` {
    @Test func `is what the program prints, where it is said`() async throws {
        var generator = FilterSampleGenerator(seed: 7)
        let samples = (0..<2500).map { _ in generator.sample() }
        let outputs = try await FilterOracle.outputs(of: samples)
        #expect(outputs.count == samples.count)
        var predicted: [String: Int] = [:]
        for (sample, output) in zip(samples, outputs) {
            guard let prediction = sample.prediction else { continue }
            predicted[sample.program, default: 0] += 1
            #expect(
                prediction == output,
                "\(sample)\n  said: \(text(prediction))\n  real: \(text(output))"
            )
        }
        // What is never said cannot be wrong.
        #expect(Set(samples.map(\.program)).subtracting(predicted.keys).isEmpty)
    }

    private func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).debugDescription
    }
}
