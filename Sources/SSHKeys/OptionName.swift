/// The names of critical options and extensions that draft-ietf-sshm-cert defines.
enum OptionName {
    static let forceCommand = "force-command"
    static let sourceAddress = "source-address"
    static let verifyRequired = "verify-required"

    static let noTouchRequired = "no-touch-required"
    static let permitAgentForwarding = "permit-agent-forwarding"
    static let permitPortForwarding = "permit-port-forwarding"
    static let permitTerminal = "permit-pty"
    static let permitUserRC = "permit-user-rc"
    static let permitX11Forwarding = "permit-X11-forwarding"
}
