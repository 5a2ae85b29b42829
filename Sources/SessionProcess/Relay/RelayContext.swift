import SSH

/// What every session of a connection shares.
struct RelayContext {
    let link: AuthorityLink
    let seam: CryptoSeam
    let loop: EventLoop
    let notices = Notices()
}
