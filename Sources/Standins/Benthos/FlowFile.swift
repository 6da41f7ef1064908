import Standins

/// The file that a flow is configured in, with what the command line says about reading it.
struct FlowFile: Sendable {
    /// The file.
    let path: String
    /// The options of the command line.
    let options: FlowCommandLine.Options
    /// Variables for the file's placeholders.
    let environment: [String: String]

    /// What a reading yields.
    struct Reading: Sendable {
        /// The flow.
        var configuration: FlowConfiguration
        /// What the linter says.
        let findings: [ConfigurationLinter.Finding]
    }

    /// Reads and lints the file; blocks for the length of a read.
    ///
    /// - Returns: the flow and what the linter says, which need not stop anybody
    /// - Throws: where no flow can be read, in the words of benthos without the path
    func read() throws(StandinError) -> Reading {
        let text = try ConfigurationText(file: path, environment: environment)
        var configuration = try ConfigurationReader().read(text.root)
        if let level = options.logLevel.flatMap(FlowLogger.Level.init(configured:)) {
            configuration.logger.level = level
        }
        return Reading(configuration: configuration, findings: ConfigurationLinter.findings(in: text))
    }

    /// Reads the file for the start of the program, and logs what the linter finds.
    ///
    /// - Returns: the flow
    /// - Throws: the words that the program ends with
    func readForStart() throws(StandinError) -> FlowConfiguration {
        let reading: Reading
        do throws(StandinError) {
            reading = try read()
        } catch {
            throw StandinError("configuration file read error: \(path): \(error)")
        }
        let logger = reading.configuration.logger
        logger.info(
            "Running main config from specified file",
            ["benthos_version": .string(FlowEndpoints.version), "path": .string(path)]
        )
        for finding in reading.findings {
            let fields = ["lint": JSONValue.string(finding.logged(path))]
            options.isChilled
                ? logger.warning("Config lint error", fields) : logger.error("Config lint error", fields)
        }
        guard reading.findings.isEmpty || options.isChilled else {
            throw StandinError("shutting down due to linter errors, to prevent shutdown run Benthos with --chilled")
        }
        return reading.configuration
    }

    /// Reads the file again after a change, and logs why it cannot be used.
    ///
    /// - Parameter logger: the logger of the running flow
    /// - Returns: the new flow; nothing where the old one stays
    func readAgain(_ logger: FlowLogger) -> FlowConfiguration? {
        do throws(StandinError) {
            let reading = try read()
            logger.info("Main config updated, attempting to update pipeline.")
            for finding in reading.findings { logger.info(finding.logged(path)) }
            guard reading.findings.isEmpty || options.isChilled else {
                logger.error(
                    "Rejecting updated main config due to linter errors, to allow linting errors run Benthos with --chilled"
                )
                return nil
            }
            return reading.configuration
        } catch {
            logger.error("Failed to read updated config: \(error)")
            return nil
        }
    }
}
