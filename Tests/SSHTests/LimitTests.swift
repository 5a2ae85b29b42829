import Testing

@testable import SSH

@Suite struct `a limit of libssh's buffers` {
    @Test func `is what an idle stream keeps`() {
        func kept(_ count: Int) -> (used: Int, left: Int) {
            var buffer = StreamBuffer()
            buffer.append([UInt8](repeating: 1, count: count), isError: false)
            let used = buffer.bytes.capacity
            buffer.removeAll()
            return (used, buffer.bytes.capacity)
        }
        for count in [1000, StreamBuffer.idleCapacity / 2, StreamBuffer.idleCapacity + 1] {
            let (used, left) = kept(count)
            #expect(left == (used <= StreamBuffer.idleCapacity ? used : 0))
        }
        #expect(kept(1000).left > 0)
        #expect(kept(StreamBuffer.idleCapacity + 1).left == 0)
    }
}
