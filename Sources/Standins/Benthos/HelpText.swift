/// The help of the program and of its command `run`, in the words of Benthos 4.76 (MIT licence).
enum HelpText: Equatable {
    case program, run

    /// The text.
    var text: String {
        switch self {
        case .program:
            """
            NAME:
               benthos - A stream processor for mundane tasks - https://benthos.dev/docs

            USAGE:
               benthos [global options] command [command options]

            DESCRIPTION:
               Either run Benthos as a stream processor or choose a command:

                 benthos list inputs
                 benthos create kafka//file > ./config.yaml
                 benthos run ./config.yaml
                 benthos run -r "./production/*.yaml" ./config.yaml

            COMMANDS:
               echo      Parse a config file and echo back a normalised version
               lint      Parse Benthos configs and report any linting errors
               run       Run Benthos in normal mode against a specified config file
               streams   Run Benthos in streams mode
               list      List all Benthos component types
               create    Create a new Benthos config
               test      Execute Benthos unit tests
               template  Interact and generate Benthos templates
               blobl     Execute a Benthos mapping on documents consumed via stdin or file
               help, h   Shows a list of commands or help for one command

            GLOBAL OPTIONS:
               --version, -v  display version info, then exit (default: false)
               --help, -h     show help
            """
        case .run:
            """
            NAME:
               benthos run - Run Benthos in normal mode against a specified config file

            USAGE:
               benthos run [command options]

            DESCRIPTION:
               Run a Benthos config.

                 benthos run ./foo.yaml

            COMMANDS:
               help, h  Shows a list of commands or help for one command

            OPTIONS:
               --log.level value                                            override the configured log level, options are: off, error, warn, info, debug, trace
               --set value, -s value [ --set value, -s value ]              set a field (identified by a dot path) in the main configuration file, e.g. "metrics.type=prometheus"
               --resources value, -r value [ --resources value, -r value ]  pull in extra resources from a file, which can be referenced the same as resources defined in the main config, supports glob patterns (requires quotes)
               --chilled                                                    continue to execute a config containing linter errors (default: false)
               --watcher, -w                                                EXPERIMENTAL: watch config files for changes and automatically apply them (default: false)
               --env-file value, -e value [ --env-file value, -e value ]    import environment variables from a dotenv file
               --templates value, -t value [ --templates value, -t value ]  EXPERIMENTAL: import Benthos templates, supports glob patterns (requires quotes)
               --help, -h                                                   show help
            """
        }
    }
}
