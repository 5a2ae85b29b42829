import AuditTrail
import SSHKeys

/// Makes certificates: recorded first, then signed, one key each.
final class Mint {
    private let issuer: CertificateIssuer
    let signer: Signer
    private let authorityID: UInt16
    private let auditor: Auditor
    private let measurements: Measurements
    private let reactor: Reactor

    /// `signer` holds the certificate authority's key.
    init(
        signer: Signer,
        authorityID: UInt16,
        auditor: Auditor,
        measurements: Measurements,
        on reactor: Reactor
    ) {
        issuer = CertificateIssuer(authority: signer.publicKey)
        self.signer = signer
        self.authorityID = authorityID
        self.auditor = auditor
        self.measurements = measurements
        self.reactor = reactor
    }

    /// Issues one certificate; `completion` runs on the loop.
    func issue(
        _ terms: CertificateTerms,
        completion: @escaping (Result<TransportMachine.Issued, IssuingError>) -> Void
    ) {
        let start = Reactor.monotonicNanoseconds()
        let draft: CertificateDraft
        do throws(IssuingError) {
            draft = try CertificateDraft(
                terms,
                key: Ed25519SigningKey.generate(),
                nonce: Randomness.bytes(32),
                at: Timestamp.now()
            )
        } catch {
            return completion(.failure(error))
        }
        let entry = (draft.record(authority: authorityID), terms.attribution)
        auditor.record([entry]) { [self] result in
            switch result {
            case .failure(let error): completion(.failure(.notRecorded(error)))
            case .success(let committed):
                guard let serial = committed.first?.certificateSerial else {
                    preconditionFailure("the store numbers every certificate that it records")
                }
                sign(draft, serial) { [self] result in
                    if case .success = result { measurements.took(since: start, .mintingSeconds) }
                    completion(result)
                }
            }
        }
    }

    private func sign(
        _ draft: CertificateDraft,
        _ serial: CertificateSerial,
        _ completion: @escaping (Result<TransportMachine.Issued, IssuingError>) -> Void
    ) {
        let unsigned: UnsignedCertificate
        do throws(IssuingError) {
            unsigned = issuer.prepare(try draft.request(serial: serial))
        } catch {
            return completion(.failure(error))
        }
        signer.sign(unsigned.toBeSigned, on: reactor) { result in
            switch result {
            case .failure(let error): completion(.failure(.signing(error)))
            case .success(let signature):
                do throws(SignatureError) {
                    let blob = try unsigned.sealed(with: signature)
                    let issued = TransportMachine.Issued(
                        number: serial.number,
                        blob: blob,
                        key: draft.key
                    )
                    completion(.success(issued))
                } catch {
                    completion(.failure(.signature(error)))
                }
            }
        }
    }
}
