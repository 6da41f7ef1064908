import Standins

/// What the command line asks for.
enum FlowCommandLine: Equatable {
    /// Run a flow; without a file, from standard input to standard output.
    case run(file: String?, Options)
    case lint(files: [String])
    case version
    case help(HelpText)
    /// A flag that does not exist, at the command whose help is shown.
    case unknownFlag(String, HelpText)
    case unknownCommand(String)

    /// The options of `run` that have an effect here.
    struct Options: Equatable {
        /// Runs in spite of what the linter finds.
        var isChilled = false
        /// Applies changes of the file while the flow runs.
        var isWatching = false
        /// The level of the log, whatever the file says.
        var logLevel: String?
        /// Files with environment variables.
        var environmentFiles: [String] = []
    }

    private static let valued: Set<String> = [
        "log.level", "set", "s", "resources", "r", "env-file", "e", "templates", "t", "config", "c",
    ]

    /// Reads the arguments behind the program's name.
    ///
    /// - Parameter arguments: as given
    init(_ arguments: [String]) {
        var rest = arguments[...]
        switch rest.first {
        case "run":
            rest.removeFirst()
            self = Self.parse(&rest, help: .run)
        case "lint":
            rest.removeFirst()
            let flag = rest.first { $0.hasPrefix("-") }
            self = flag.map { .unknownFlag(Self.name($0), .program) } ?? .lint(files: Array(rest))
        case "help", "h": self = .help(.program)
        case let command? where !command.hasPrefix("-"): self = .unknownCommand(command)
        default: self = Self.parse(&rest, help: .program)
        }
    }

    private static func parse(_ rest: inout ArraySlice<String>, help: HelpText) -> FlowCommandLine {
        var (file, options) = (String?.none, Options())
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("-"), argument != "-" else {
                file = argument
                continue
            }
            let parts = name(argument).split(separator: "=", maxSplits: 1).map(String.init)
            let flag = parts.first ?? ""
            switch flag {
            case "version", "v": return .version
            case "help", "h": return .help(help)
            case "chilled": options.isChilled = true
            case "watcher", "w": options.isWatching = true
            case _ where valued.contains(flag):
                guard let value = parts.count > 1 ? parts[1] : rest.popFirst() else { return .unknownFlag(flag, help) }
                switch flag {
                case "config", "c": file = value
                case "log.level": options.logLevel = value
                case "env-file", "e": options.environmentFiles.append(value)
                default: break
                }
            default: return .unknownFlag(flag, help)
            }
        }
        return .run(file: file, options)
    }

    private static func name(_ argument: String) -> String {
        String(argument.drop { $0 == "-" })
    }
}
