import SSH
import SessionProtocol

/// The sign-in of one client: a pinned user name, a bounded number of tries, one answer at a time.
///
/// libssh limits none of these. The machine holds no message; its caller keeps the one that waits.
struct SignInMachine: ~Copyable {
    private enum State {
        case idle
        case offering(user: String, blob: [UInt8])
        case proving(user: String)
        case signedIn
        case ended
    }

    /// LIMIT: attempts of any kind, keys that are accepted and then not used included.
    static let maximumAttempts = 32
    /// LIMIT: messages of a client that has not signed in, of whatever kind: each is answered.
    static let maximumMessages = 64

    private let maximumTries: UInt32
    private var messages = 0
    private var attempts = 0
    private var tries: UInt32 = 0
    private var user: String?
    private var state = State.idle

    init(maximumTries: UInt32) {
        precondition(maximumTries > 0, "nobody can sign in without a try")
        self.maximumTries = maximumTries
    }

    /// Whether one more message of the client is looked at; once it is signed in, each is.
    mutating func takesMessage() -> Bool {
        switch state {
        case .signedIn: return true
        case .idle, .offering, .proving, .ended:
            messages += 1
            return messages <= Self.maximumMessages
        }
    }

    /// What to do about an attempt.
    enum AttemptAction: Equatable {
        case askAboutKey(user: String, blob: [UInt8])
        case prove(user: String, blob: [UInt8])
        case refuse
        /// Refuse, and end the connection after that.
        case refuseForGood(NoticeKind)
    }

    mutating func attempted(_ attempt: SignInAttempt) -> AttemptAction {
        switch state {
        case .signedIn, .ended:
            return .refuse
        case .offering, .proving:
            preconditionFailure("an attempt waits while another is answered")
        case .idle:
            break
        }
        attempts += 1
        guard attempts <= Self.maximumAttempts else {
            state = .ended
            return .refuseForGood(.tooManyTries)
        }
        guard let name = attempt.user else { return counted(.refuse) }
        guard name.utf8.count <= FieldLimits.userName else {
            state = .ended
            return .refuseForGood(.userNameTooLong)
        }
        guard user == nil || user?.utf8.elementsEqual(name.utf8) == true else {
            state = .ended
            return .refuseForGood(.userNameChanged)
        }
        user = name
        switch attempt.method {
        case .other:
            // The first request of nearly every client is `none`, to learn the methods.
            return counted(.refuse)
        case .keyOffer(let blob):
            guard blob.count <= FieldLimits.keyBlob else { return counted(.refuse) }
            state = .offering(user: name, blob: blob)
            return .askAboutKey(user: name, blob: blob)
        case .signedKey(let blob):
            guard blob.count <= FieldLimits.keyBlob else { return counted(.refuse) }
            state = .proving(user: name)
            return .prove(user: name, blob: blob)
        }
    }

    enum AnswerAction: Equatable {
        case accept
        case refuse
        case refuseForGood(NoticeKind)
    }

    /// The authority said whether a key may sign in.
    mutating func keyAnswered(isAccepted: Bool) -> AnswerAction? {
        guard case .offering = state else { return nil }
        state = .idle
        guard !isAccepted else { return .accept }
        return refused()
    }

    /// The authority said whether the client is signed in.
    mutating func signInAnswered(isAccepted: Bool) -> AnswerAction? {
        guard case .proving = state else { return nil }
        guard !isAccepted else {
            state = .signedIn
            return .accept
        }
        state = .idle
        return refused()
    }

    /// A signature was not good, which libssh answers with nothing.
    mutating func signatureFailed() -> AnswerAction {
        switch state {
        case .signedIn, .ended: .refuse
        case .idle, .offering, .proving: refused()
        }
    }

    private mutating func refused() -> AnswerAction {
        tries += 1
        guard tries < maximumTries else {
            state = .ended
            return .refuseForGood(.tooManyTries)
        }
        return .refuse
    }

    private mutating func counted(_ action: AttemptAction) -> AttemptAction {
        switch refused() {
        case .refuseForGood(let notice): .refuseForGood(notice)
        case .accept, .refuse: action
        }
    }
}
