/// What `sallyport init` says at its end: lines that can be copied.
struct NextSteps {
    let directory: String
    let port: UInt16
    /// Its type and its base64.
    let hostKey: String

    var text: String {
        """
        settings, inventory, a policy and keys are in \(directory)

        Next, in this order:

            export SALLYPORT_CONFIG=\(directory)/sallyport.yaml
            sallyport target scan HOST        # a target's key, for inventory.yaml
            sallyport target snippet NAME     # what the sshd of a target needs
            vi \(directory)/inventory.yaml    # principals, targets, grants
            sallyport doctor                  # can a bastion serve here?
            sallyport serve
            vi \(directory)/policies/production.yaml    # it observes; enforce it when it is right

        Clients put this into ~/.ssh/known_hosts, with the bastion's own name:

            \(knownHost) \(hostKey)
        """
    }

    /// The name as ssh looks for it.
    private var knownHost: String {
        port == 22 ? "bastion.example.com" : "[bastion.example.com]:\(port)"
    }
}
