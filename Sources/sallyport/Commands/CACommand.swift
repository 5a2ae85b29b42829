internal import ArgumentParser
internal import Authority

/// `sallyport ca`: the certificate authority of this bastion.
struct CACommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ca",
        abstract: "The certificate authority that signs for the targets.",
        subcommands: [CAPublicKeyCommand.self]
    )
}

/// `sallyport ca public-key`: what a target has to trust.
struct CAPublicKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "public-key",
        abstract: "Print the line for a target's TrustedUserCAKeys."
    )

    @OptionGroup var configurationFile: ConfigurationOption

    func run() throws {
        do throws(StartError) {
            print(try PublicKeys.certificateAuthority(settingsPath: configurationFile.path()))
        } catch {
            Complaint.write(error.description)
            throw ExitCode.failure
        }
    }
}
