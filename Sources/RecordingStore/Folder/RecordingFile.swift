/// A recording that was just created: a descriptor that can only append to it.
package struct RecordingFile: ~Copyable {
    package let path: String
    private let descriptor: OwnedDescriptor

    init(path: String, descriptor: consuming OwnedDescriptor) {
        self.path = path
        self.descriptor = descriptor
    }

    /// Open for appending, closed on exec, and closed with this value.
    package var descriptorNumber: Int32 { descriptor.number }

    /// Hands the descriptor over; who takes it closes it.
    package consuming func release() -> Int32 {
        descriptor.release()
    }
}
