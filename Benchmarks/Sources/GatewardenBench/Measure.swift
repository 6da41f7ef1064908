/// A figure that is measured, with its unit and its bar.
enum Measure: String, Codable {
    case idleProcessor = "idle, 100 children: CPU"
    case idleResident = "idle, 100 children: RSS"
    case idleProportional = "idle, 100 children: PSS"
    case idleThreads = "idle, 100 children: threads"
    case idleDescriptors = "idle, 100 children: descriptors"
    case firstChild = "start to first child"
    case lastChild = "start to 100th child"
    case ready = "start to /readyz 200, 100 children"
    case stop = "stop of 100 children"
    case restart = "kill -9 of a child to its replacement"
    case recovery = "start after kill -9, 20 children"
    case size = "size of the binary"
    case validate = "config validate, 1,000 processes"
    case scrapeTime = "scrape of /metrics, 100 children"
    case scrapeSize = "body of /metrics, 100 children"

    /// The unit of the figure.
    var unit: String {
        switch self {
        case .idleProcessor: "% of a core"
        case .idleResident, .idleProportional, .size: "MB"
        case .idleThreads, .idleDescriptors: ""
        case .firstChild, .lastChild, .ready, .stop, .restart, .recovery, .validate, .scrapeTime: "ms"
        case .scrapeSize: "kB"
        }
    }

    /// What the product's median must stay below; nil where nothing was promised.
    var bar: Double? {
        switch self {
        case .idleProcessor: 1
        case .idleResident, .size: 40
        case .lastChild: 400
        case .stop: 300
        case .restart: 50
        case .idleProportional, .idleThreads, .idleDescriptors, .firstChild, .ready, .recovery, .validate, .scrapeTime,
            .scrapeSize:
            nil
        }
    }
}
