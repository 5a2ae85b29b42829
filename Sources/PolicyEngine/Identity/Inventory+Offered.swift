extension Inventory {
    /// A login of a target that no principal asks for: where the bastion itself has something to do.
    ///
    /// Without a name it is the first one of the target; nil where the target has no such login.
    package func offered(_ login: Login?, on target: Target) -> ResolvedAddress? {
        guard let login = login ?? target.logins.first, target.logins.contains(login) else {
            return nil
        }
        return ResolvedAddress(login: login, target: target)
    }
}
