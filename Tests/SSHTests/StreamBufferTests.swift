import Testing

@testable import SSH

@Suite struct `a stream buffer` {
    @Test func `keeps the order of two streams`() {
        var buffer = StreamBuffer()
        buffer.append([1, 2], isError: false)
        buffer.append([3], isError: false)
        buffer.append([4], isError: true)
        buffer.append([5], isError: false)

        var runs: [[UInt8]] = []
        buffer.forEachRun { bytes, isError in runs.append(isError ? [0] + bytes : Array(bytes)) }
        #expect(runs == [[1, 2, 3], [0, 4], [5]])
    }

    @Test func `gives up its front in pieces and is empty in the end`() {
        var buffer = StreamBuffer()
        buffer.append([1, 2, 3], isError: false)
        buffer.append([4], isError: true)

        buffer.drop(2)
        #expect(buffer.front.map { Array($0.bytes) } == [3])
        buffer.drop(1)
        #expect(buffer.front?.isError == true)
        buffer.drop(1)
        #expect(buffer.isEmpty)
        #expect(buffer.front == nil)
    }
}
