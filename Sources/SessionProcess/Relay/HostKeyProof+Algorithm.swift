import SSHWire
import SessionProtocol

extension HostKeyProof {
    /// The name of the signature's algorithm: the key's own, but RSA's goes by its hash (RFC 8332).
    static func algorithm(of keyBlob: [UInt8], digest: String?) -> String {
        var reader = WireReader(keyBlob)
        let name: String
        do throws(WireError) {
            name = try reader.text("algorithm", limit: FieldLimits.algorithm)
        } catch {
            // The authority refuses a key without a name.
            return ""
        }
        guard name == "ssh-rsa" else { return name }
        return switch digest {
        case "SHA512", "SHA2-512": "rsa-sha2-512"
        case "SHA256", "SHA2-256": "rsa-sha2-256"
        default: name
        }
    }
}
