internal import Authority
internal import Foundation
internal import StrictYAML

extension Installation {
    /// Reads the installation that the settings file describes.
    ///
    /// What looks wrong in its inventory, `sallyport doctor` says.
    init(_ option: ConfigurationOption) throws(RefusedFiles) {
        let accepted = try InstalledRules.load(settingsPath: option.path())
        self.init(
            inventory: accepted.value.inventory,
            files: RuleFiles(files: accepted.value.files)
        )
    }
}

extension ConfigurationOption {
    /// Whether somebody says which installation is meant.
    var isNamed: Bool {
        file != nil || ProcessInfo.processInfo.environment["SALLYPORT_CONFIG"] != nil
    }
}
