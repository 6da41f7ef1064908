public import GatewayConfiguration
public import JSONLogging
import ProcessControl
import SystemPackage

/// Loads configurations the way the gateway runs them: with the programs that children would find.
public enum ConfigurationFile {
    /// Loads and validates a configuration.
    ///
    /// Blocks for the time of reading files.
    ///
    /// - Parameters:
    ///   - file: the main file.
    ///   - environment: the environment of the gateway.
    ///   - flags: settings given as flags.
    ///   - time: what expressions get as the time of the load, since 1970; a reload passes that of the first load.
    /// - Returns: the configuration and where each value comes from.
    /// - Throws: ``GatewayFailure`` with every problem on a line of its own.
    public static func load(
        _ file: String,
        environment: [String: String],
        flags: [ConfigurationOverride],
        at time: Duration = WallTime.now().sinceEpoch
    ) throws(GatewayFailure) -> LoadedConfiguration {
        let loader = ConfigurationLoader(lookUpProgram: lookUpProgram, now: { time })
        do throws(ConfigurationProblems) {
            let loaded = try loader.load(file: file, environment: environment, flags: flags)
            if let file = loaded.configuration.web.configFile { _ = try WebAccess.read(file) }
            return loaded
        } catch {
            throw GatewayFailure(.badConfiguration, error.description)
        }
    }

    /// Looks for a program where a child would find it; returns what is wrong, or nil.
    static let lookUpProgram: ConfigurationLoader.ProgramLookup = { program, workingDirectory, searchPath in
        let lookup = ExecutableLookup(
            searchPath: searchPath ?? ProcessEnvironment.defaultPath,
            workingDirectory: FilePath(workingDirectory)
        )
        do throws(ProcessControlError) {
            _ = try lookup.resolve(program)
            return nil
        } catch {
            return error.description
        }
    }
}
